import { lazy, Suspense } from 'react'
import type { Actions } from '../actions'

// It brings a layout library along.
const GraphPanel = lazy(() => import('../graph/graph-panel'))

/** The cells and which uses which. */
export function Graph({ actions }: { actions: Actions }) {
  return (
    <Suspense>
      <GraphPanel actions={actions} />
    </Suspense>
  )
}
