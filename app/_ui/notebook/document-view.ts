import type * as Y from 'yjs'
import { type CellKind, cellIds, cellKind, sharedCells } from '../../../lib/notebook/document'

export type DocumentView = { ids: readonly string[]; kinds: Readonly<Record<string, CellKind>> }

/**
 * Tells the order and kinds of a document's cells, now and whenever they change; typing inside a cell is not told.
 * Returns what ends it.
 */
export function watchDocument(document: Y.Doc, tell: (view: DocumentView) => void): () => void {
  const cells = sharedCells(document)
  const read = () => {
    const ids = cellIds(document)
    tell({ ids, kinds: Object.fromEntries(ids.map((id) => [id, cellKind(cells.get(id)!)])) })
  }
  const onChange = (events: { path: unknown[] }[]) => {
    if (events.some(({ path }) => path.length < 2)) read()
  }
  cells.observeDeep(onChange)
  read()
  return () => cells.unobserveDeep(onChange)
}
