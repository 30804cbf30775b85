import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'

/** A training reads what Spark saved for it at once; what is so old was left. Milliseconds. */
const leftMs = 24 * 3_600_000

/** Removes what trainings had Spark save and have read. Resolves to how many went. */
export async function sweepTrainings(files: string): Promise<number> {
  const folder = path.join(files, 'trainings')
  const before = Date.now() - leftMs
  let gone = 0
  for (const name of await readdir(folder).catch(() => [])) {
    const each = path.join(folder, name)
    if ((await stat(each)).mtimeMs >= before) continue
    await rm(each, { recursive: true, force: true })
    gone++
  }
  return gone
}

/**
 * Removes what a Spark that has ended kept of trainings: it knew its tables in memory only, so nobody can drop them any
 * more. To be called before one starts.
 */
export async function removeTables(files: string): Promise<void> {
  const folder = path.join(files, 'warehouse')
  for (const name of await readdir(folder).catch(() => []))
    if (name.startsWith('cellar_training_'))
      await rm(path.join(folder, name), { recursive: true, force: true })
}
