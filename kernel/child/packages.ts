import type { ChildPackages } from '../../lib/protocol/kernel'

/** The packages that were added to the notebook, which the host installs. */
export type NotebookPackages = {
  has(name: string): boolean
  /** The folder whose `node_modules` holds a package that is about to be loaded; undefined where it is not added. */
  use(name: string): string | undefined
  versions(): Record<string, string>
  set(packages: ChildPackages): void
}

/** `onUsed`: told once, when the first of them is loaded. */
export function createPackages(onUsed: () => void): NotebookPackages {
  let { folder, versions }: ChildPackages = { folder: '', versions: {} }
  let used = false
  const has = (name: string) => folder !== '' && Object.hasOwn(versions, name)
  return {
    has,
    use(name) {
      if (!has(name)) return
      if (!used) onUsed()
      used = true
      return folder
    },
    versions: () => versions,
    set(packages) {
      folder = packages.folder
      versions = packages.versions
    },
  }
}
