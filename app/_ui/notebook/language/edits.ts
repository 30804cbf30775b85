import type * as Y from 'yjs'
import { cellSource, sharedCells } from '../../../../lib/notebook/document'
import type { CellEdits, TextPosition } from '../../../../lib/protocol/language'

/** The offset of a place in a text, in UTF-16 units, whatever ends its lines. */
export function offsetAt(text: string, { line, character }: TextPosition): number {
  const ends = /\r\n|\r|\n/g
  let start = 0
  for (let at = 0; at < line; at++) {
    if (!ends.exec(text)) return text.length
    start = ends.lastIndex
  }
  return Math.min(start + character, text.length)
}

/** Edits the texts of cells in one transaction, so that one undo takes all of it back. Returns the number of edits. */
export function applyEdits(document: Y.Doc, cells: readonly CellEdits[]): number {
  let count = 0
  document.transact(() => {
    for (const { cellId, edits } of cells) {
      const cell = sharedCells(document).get(cellId)
      if (!cell) continue
      const source = cellSource(cell)
      const text = source.toString()
      const places = edits.map(({ range, newText }) => ({
        start: offsetAt(text, range.start),
        end: offsetAt(text, range.end),
        newText,
      }))
      // From the end, so that an edit moves no place of the next one.
      for (const { start, end, newText } of places.sort((a, b) => b.start - a.start)) {
        source.delete(start, end - start)
        source.insert(start, newText)
        count++
      }
    }
  })
  return count
}
