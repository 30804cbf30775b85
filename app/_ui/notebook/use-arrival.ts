import { useEffect } from 'react'
import { cellSource, sharedCells } from '../../../lib/notebook/document'
import type { Actions } from './actions'
import { takeCells } from './arriving-cells'
import { useSession, useView } from './context'

/**
 * Where a visit begins: at cells that another page left for this notebook, at the cell that the address names
 * (`#cell-<id>`), or in the editor of a notebook that holds nothing yet.
 */
export function useArrival(actions: Actions) {
  const { notebookId, store, document: shared } = useSession()
  const ready = useView((view) => view.ready)
  useEffect(() => {
    if (!ready) return
    const arrive = () => {
      const { ids } = store.get()
      const left = takeCells(notebookId)
      if (left) return actions.addAtEnd(left)
      const named = /^#cell-(.+)$/.exec(window.location.hash)?.[1]
      if (named !== undefined) actions.show(decodeURIComponent(named))
      else if (ids.length === 1) {
        const only = sharedCells(shared).get(ids[0]!)
        if (only && cellSource(only).length === 0) actions.select(ids[0], 'edit')
      }
    }
    arrive()
    window.addEventListener('hashchange', arrive)
    return () => window.removeEventListener('hashchange', arrive)
  }, [ready, notebookId, store, shared, actions])
}
