import path from 'node:path'

/** Where data sets' files are while they are made or read, below the home folder that web and data share. */
export const dataFolder = (home: string) => {
  const at = path.join(home, 'datasets')
  return {
    at,
    /** Files as people upload them, by the upload's id. */
    uploads: path.join(at, 'uploads'),
    /** Versions as one file each, by hash. */
    whole: path.join(at, 'whole'),
    /** Files while they are made. */
    work: path.join(at, 'work'),
    /** What DuckDB's memory does not hold. */
    spill: path.join(at, 'spill'),
  }
}
export type DataFolder = ReturnType<typeof dataFolder>
