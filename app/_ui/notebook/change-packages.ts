import type { AskParams } from '../../../lib/protocol/asks'
import type { NotebookSession } from './session'

/** Installs and removes packages of the notebook; the page shows meanwhile what happens. Rejects with the reason. */
export async function changePackages(
  { ask, store }: NotebookSession,
  change: AskParams<'packages.change'>,
): Promise<void> {
  store.set({ installing: store.get().installing || 'asking the registry' })
  try {
    const { restart } = await ask('packages.change', change)
    if (restart) store.set({ outdated: store.get().kernel.position.epoch })
  } finally {
    store.set({ installing: '' })
  }
}
