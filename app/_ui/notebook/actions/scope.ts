import { sharedCells } from '../../../../lib/notebook/document'
import { chosenCells } from '../selection'
import type { NotebookSession } from '../session'
import { mayEdit } from '../view'

/** What the actions share. */
export type Scope = ReturnType<typeof createScope>

export function createScope(session: NotebookSession) {
  const { store, document } = session
  const chosen = () => chosenCells(store.get())
  return {
    session,
    store,
    document,
    ids: () => store.get().ids,
    cell: (id: string) => sharedCells(document).get(id),
    editable: () => mayEdit(store.get()),
    /** The selected cells, in page order. */
    chosen,
    /** What is done to one of several selected cells is done to all of them. */
    targets(id: string | undefined) {
      const all = chosen()
      return id === undefined || all.includes(id) ? all : [id]
    },
  }
}
