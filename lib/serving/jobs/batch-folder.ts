import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'

/** Of an installation: the files of all batches. */
export const batchFolder = (home: string) => path.join(home, 'batches')

/** Where a batch's files are: `input` as it came, `result` a line of JSON for each row. */
export const inputFile = (folder: string, id: string) => path.join(folder, id, 'input')
export const resultFile = (folder: string, id: string) => path.join(folder, id, 'result')

/**
 * Keeps what arrives, as a new job's input, and settles when it would survive a crash of the machine. `onBytes` sees all
 * of it, and may throw. What came of an upload that failed is removed.
 */
export async function keepInput(
  folder: string,
  id: string,
  bytes: AsyncIterable<Buffer>,
  onBytes: (bytes: Buffer) => void,
) {
  const place = path.join(folder, id)
  const temporary = path.join(place, `.incoming-${randomUUID()}`)
  await mkdir(place, { recursive: true, mode: 0o700 })
  try {
    const handle = await open(temporary, 'wx', 0o600)
    try {
      for await (const piece of bytes) {
        onBytes(piece)
        await handle.writeFile(piece)
      }
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, inputFile(folder, id))
    await syncFolder(place)
    await syncFolder(folder)
  } catch (error) {
    await removeFiles(folder, id)
    throw error
  }
}

export const removeFiles = (folder: string, id: string) =>
  rm(path.join(folder, id), { recursive: true, force: true })

/** Ids that have files, of folders older than `ms`: an upload that has just begun has no job yet. */
export async function idsWithFiles(folder: string, ms: number): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  const old: string[] = []
  for (const name of names) {
    const changed = await stat(path.join(folder, name)).then(
      ({ mtimeMs }) => mtimeMs,
      () => Infinity,
    )
    if (Date.now() - changed > ms) old.push(name)
  }
  return old
}

async function syncFolder(folder: string) {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
