import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import { lock } from './lock'

/** Per user, so that a second checkout fetches nothing: `$CELLAR_CACHE`, `$XDG_CACHE_HOME/cellar` or `~/.cache/cellar`. */
export const cacheDir = () =>
  process.env.CELLAR_CACHE ??
  path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'cellar')

/** Whether `cached` would make nothing. */
export const isCached = (key: string) => existsSync(path.join(cacheDir(), key))

/**
 * A folder in the cache, made once. `make` fills a temporary folder, which is renamed when it is whole: what a
 * killed start left half-made is removed by the next one. Two starts at once wait for each other.
 */
export async function cached(key: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = path.join(cacheDir(), key)
  if (existsSync(folder)) return folder
  await mkdir(path.dirname(folder), { recursive: true })
  const unlock = await lock(`${folder}.lock`)
  try {
    if (existsSync(folder)) return folder
    await removeLeftovers(folder)
    const temporary = `${folder}.part-${process.pid}`
    await mkdir(temporary, { recursive: true })
    await make(temporary)
    await rename(temporary, folder)
    return folder
  } finally {
    await unlock()
  }
}

async function removeLeftovers(folder: string) {
  const name = `${path.basename(folder)}.part-`
  for (const entry of await readdir(path.dirname(folder))) {
    if (entry.startsWith(name))
      await rm(path.join(path.dirname(folder), entry), { recursive: true, force: true })
  }
}
