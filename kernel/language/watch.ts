import { existsSync, watch } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { FileChange } from './server'

/** A file is often written in several steps. */
const quietMs = 200

/**
 * Tells of changes to a notebook's own files, as the server knows them: below `shown`.
 * Returns what ends it.
 */
export function watchFolder(
  folder: string,
  shown: string,
  tell: (changes: FileChange[]) => void,
): () => void {
  const changes = new Map<string, FileChange>()
  let timer: NodeJS.Timeout | undefined
  const note = (name: string) => {
    const uri = pathToFileURL(path.join(shown, name)).href
    changes.set(uri, { uri, type: existsSync(path.join(folder, name)) ? 2 : 3 })
    clearTimeout(timer)
    timer = setTimeout(() => {
      tell([...changes.values()])
      changes.clear()
    }, quietMs)
  }
  const files = watch(folder, (_, name) => {
    if (name) note(name)
  })
  files.on('error', () => files.close())
  return () => {
    clearTimeout(timer)
    files.close()
  }
}

/** Tells when `current` in a folder of packages leads elsewhere: packages were added or taken away. */
export function watchPackages(folder: string, tell: () => void): () => void {
  const watcher = watch(folder, (_, name) => name === 'current' && tell())
  watcher.on('error', () => watcher.close())
  return () => watcher.close()
}
