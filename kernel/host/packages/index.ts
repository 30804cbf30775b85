import { join } from 'node:path'
import type { Environment } from '../../../lib/notebook/environment'
import { createNotebookPackages, type NotebookPackages } from './notebook-packages'
import { createPackageStore } from './store'

export type PackagesOptions = {
  /** Where this machine keeps what it installs. */
  folder: string
  /** The checkout. */
  root: string
  onChange(notebookId: string, environment: Environment, userId: string): Promise<void>
  onLine?(notebookId: string, line: string): void
}

/** Where a machine keeps what its notebooks install. */
export const environmentsFolder = (home: string) => join(home, 'environments')

/** Where types and modules of a notebook's own packages are, once they are installed: below `node_modules` in it. */
export const packagesFolder = (folder: string, notebookId: string) =>
  join(folder, 'notebooks', notebookId, 'current')

/** The packages of this machine's notebooks, by notebook. */
export function createPackages({ folder, root, onChange, onLine }: PackagesOptions) {
  const store = createPackageStore(folder)
  const notebooks = new Map<string, NotebookPackages>()
  return (notebookId: string): NotebookPackages => {
    const known = notebooks.get(notebookId)
    if (known) return known
    const made = createNotebookPackages({
      store,
      folder: join(folder, 'notebooks', notebookId),
      root,
      onChange: (environment, userId) => onChange(notebookId, environment, userId),
      onLine: (line) => onLine?.(notebookId, line),
    })
    notebooks.set(notebookId, made)
    return made
  }
}
