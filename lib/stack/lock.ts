import { open, readFile, rm, stat } from 'node:fs/promises'
import { delay } from './delay'
import { isAlive } from './processes'

/**
 * Waits for a lock file, which holds its owner's process id; that of a dead owner is taken over. Answers what frees it.
 */
export async function lock(file: string) {
  for (;;) {
    try {
      const handle = await open(file, 'wx')
      await handle.writeFile(String(process.pid))
      await handle.close()
      return () => rm(file, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const owner = Number(await readFile(file, 'utf8').catch(() => ''))
    const age = Date.now() - ((await stat(file).catch(() => undefined))?.mtimeMs ?? 0)
    // An empty file may be one that its owner is about to fill.
    if (owner ? !isAlive(owner) : age > 5_000) await rm(file, { force: true })
    else await delay(200)
  }
}
