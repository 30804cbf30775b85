import type * as Y from 'yjs'
import { type Cell, type CellAttributes, cellAttributes, sharedCells, toCells } from './document'
import { type NotebookSettings, readSettings } from './settings'

/** A cell with all that its document says of it. */
export type RevisionCell = Cell & { attributes: CellAttributes }

/** What a revision holds of a document: everything that can be edited. */
export type RevisionContent = {
  cells: RevisionCell[]
  settings: NotebookSettings
  /** The notebook's packages and their lockfile; left out where it has none. */
  environment?: Record<string, unknown>
}

const sharedEnvironment = (document: Y.Doc) => document.getMap('environment')

/** A document's content, complete at once: later edits do not reach it. */
export function revisionContent(document: Y.Doc): RevisionContent {
  const shared = sharedCells(document)
  const cells = toCells(document).map((cell) => ({
    ...cell,
    attributes: cellAttributes(shared.get(cell.id)!),
  }))
  const environment = sharedEnvironment(document).toJSON()
  return {
    cells,
    settings: readSettings(document),
    ...(Object.keys(environment).length > 0 && { environment }),
  }
}
