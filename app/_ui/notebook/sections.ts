import type * as Y from 'yjs'
import { cellAttributes, cellIds, cellKind, cellSource, sharedCells } from '../../../lib/notebook/document'
import { type Heading, headingsOf } from '../../../lib/notebook/headings'
import { foldedCells } from './folds'

/** The notebook's headings, and the cells that folded ones hide → the heading's cell. */
export type SectionsView = { headings: readonly Heading[]; folded: Readonly<Record<string, string>> }

/** Tells a document's headings and folds, now and whenever they change. Returns what ends it. */
export function watchSections(document: Y.Doc, tell: (view: SectionsView) => void): () => void {
  const cells = sharedCells(document)
  let timer: ReturnType<typeof setTimeout> | undefined
  let told = ''
  const read = () => {
    clearTimeout(timer)
    timer = undefined
    const ids = cellIds(document)
    const headings = ids.flatMap((id) => {
      const cell = cells.get(id)!
      if (cellKind(cell) !== 'markdown') return []
      return headingsOf([{ id, kind: 'markdown', source: cellSource(cell).toString() }])
    })
    const attributes = Object.fromEntries(ids.map((id) => [id, cellAttributes(cells.get(id)!)]))
    const view = { headings, folded: foldedCells({ ids, headings, attributes }) }
    const now = JSON.stringify(view)
    if (now === told) return
    told = now
    tell(view)
  }
  const onChange = (events: { path: unknown[] }[]) => {
    if (events.some(({ path }) => path.length < 2)) return read()
    // Typing changes a heading once in a while: not at each letter.
    timer ??= setTimeout(read, 200)
  }
  cells.observeDeep(onChange)
  read()
  return () => {
    clearTimeout(timer)
    cells.unobserveDeep(onChange)
  }
}
