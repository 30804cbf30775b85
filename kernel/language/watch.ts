import { existsSync, watch } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { FileChange } from './server'

/** Many files change at once where a package is installed. */
const quietMs = 200

/**
 * Tells of changes to a notebook's own files and installed packages, as the server knows them: below `shown`.
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
  let packages: ReturnType<typeof watch> | undefined
  const watchPackages = () => {
    packages?.close()
    const modules = path.join(folder, 'node_modules')
    // A folder that is made anew is another one to watch.
    packages = existsSync(modules)
      ? watch(modules, (_, name) => name && note(path.join('node_modules', name)))
      : undefined
    packages?.on('error', () => packages?.close())
  }
  const files = watch(folder, (_, name) => {
    if (!name) return
    if (name === 'node_modules') watchPackages()
    note(name)
  })
  files.on('error', () => files.close())
  watchPackages()
  return () => {
    clearTimeout(timer)
    files.close()
    packages?.close()
  }
}
