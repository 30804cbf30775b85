import type * as Y from 'yjs'
import {
  type CellAttributes,
  type CellKind,
  cellAttributes,
  cellIds,
  cellKind,
  sharedCells,
} from '../../../lib/notebook/document'
import { type NotebookSettings, readSettings, sharedSettings } from '../../../lib/notebook/settings'

export type DocumentView = {
  ids: readonly string[]
  kinds: Readonly<Record<string, CellKind>>
  attributes: Readonly<Record<string, CellAttributes>>
  settings: NotebookSettings
}

/**
 * Tells the order, kinds and attributes of a document's cells and its settings, now and whenever they change; typing
 * inside a cell is not told. Returns what ends it.
 */
export function watchDocument(document: Y.Doc, tell: (view: DocumentView) => void): () => void {
  const cells = sharedCells(document)
  const settings = sharedSettings(document)
  const read = () => {
    const ids = cellIds(document)
    tell({
      ids,
      kinds: Object.fromEntries(ids.map((id) => [id, cellKind(cells.get(id)!)])),
      attributes: Object.fromEntries(ids.map((id) => [id, cellAttributes(cells.get(id)!)])),
      settings: readSettings(document),
    })
  }
  const onChange = (events: { path: unknown[] }[]) => {
    if (events.some(({ path }) => path.length < 2)) read()
  }
  cells.observeDeep(onChange)
  settings.observe(read)
  read()
  return () => {
    cells.unobserveDeep(onChange)
    settings.unobserve(read)
  }
}
