import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'

/** How long a file is kept that nobody asks for, days. It is made again when somebody does. */
const keptDays = 7

/** Removes versions as one file, and downloads, that nobody asked for in a week. Resolves to how many. */
export async function sweepWhole(folder: string, now = Date.now()): Promise<number> {
  let gone = 0
  for (const name of await readdir(folder).catch(() => [])) {
    const file = path.join(folder, name)
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: now }))
    if (now - mtimeMs <= keptDays * 86_400_000) continue
    await rm(file, { force: true })
    gone++
  }
  return gone
}
