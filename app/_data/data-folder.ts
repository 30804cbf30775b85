import path from 'node:path'

/** Where the process `data` keeps files, below the home folder that web shares with it. */
export const dataFolder = (home: string) => {
  const at = path.join(home, 'datasets')
  return {
    at,
    /** Versions as one file each, by hash. */
    whole: path.join(at, 'whole'),
    /** Files while they are made. */
    work: path.join(at, 'work'),
    /** What DuckDB's memory does not hold. */
    spill: path.join(at, 'spill'),
  }
}
export type DataFolder = ReturnType<typeof dataFolder>
