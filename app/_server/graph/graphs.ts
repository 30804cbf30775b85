import type * as Y from 'yjs'
import type { NotebookState } from '../../../lib/notebook/state'
import { type AnalysesChange, type NotebookGraph, watchGraph } from './notebook-graph'

/** The graphs of the notebooks that are open. */
export type Graphs = {
  /** Lives as long as the document. `state`: the kernel's, as it is now. */
  of(notebookId: string, document: Y.Doc, state: NotebookState): NotebookGraph
}

export type GraphsListener = {
  changed(notebookId: string, change: AnalysesChange): void
  /** A person's edits have paused. */
  edited(notebook: { id: string; document: Y.Doc; userId: string }, cells: ReadonlySet<string>): void
}

export function createGraphs(listener: GraphsListener): Graphs {
  const graphs = new WeakMap<Y.Doc, NotebookGraph>()
  return {
    of(notebookId, document, state) {
      const found = graphs.get(document)
      if (found) return found
      const graph = watchGraph(document, (id) => state.cells[id]?.ran?.source, {
        changed: (change) => listener.changed(notebookId, change),
        edited: (cells, userId) => listener.edited({ id: notebookId, document, userId }, cells),
      })
      graphs.set(document, graph)
      return graph
    },
  }
}
