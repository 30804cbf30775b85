import type { CellRange, Place } from '../../../../_ui/notebook/outputs/table/selection'

export type Size = { rows: number; columns: number; page: number }
type Keys = { key: string; shiftKey: boolean; mod: boolean }

/** The cells that are selected after a key that moves, as in a spreadsheet; undefined for other keys. */
export function movedBy(range: CellRange, { key, shiftKey, mod }: Keys, size: Size): CellRange | undefined {
  const target = targetOf(range.focus, { key, shiftKey, mod }, size)
  if (!target) return undefined
  const focus = within(target, size)
  const extending = shiftKey && key !== 'Tab' && key !== 'Enter'
  return extending ? { anchor: range.anchor, focus } : { anchor: focus, focus }
}

function targetOf({ row, column }: Place, { key, shiftKey, mod }: Keys, size: Size): Place | undefined {
  switch (key) {
    case 'ArrowUp':
      return { row: mod ? 0 : row - 1, column }
    case 'ArrowDown':
      return { row: mod ? size.rows - 1 : row + 1, column }
    case 'ArrowLeft':
      return { row, column: mod ? 0 : column - 1 }
    case 'ArrowRight':
      return { row, column: mod ? size.columns - 1 : column + 1 }
    case 'Home':
      return { row: mod ? 0 : row, column: 0 }
    case 'End':
      return { row: mod ? size.rows - 1 : row, column: size.columns - 1 }
    case 'PageUp':
      return { row: row - size.page, column }
    case 'PageDown':
      return { row: row + size.page, column }
    case 'Enter':
      return { row: row + (shiftKey ? -1 : 1), column }
    case 'Tab':
      return { row, column: column + (shiftKey ? -1 : 1) }
    default:
      return undefined
  }
}

const within = ({ row, column }: Place, { rows, columns }: Size): Place => ({
  row: Math.max(0, Math.min(rows - 1, row)),
  column: Math.max(0, Math.min(columns - 1, column)),
})

/** The same cells of a table that may have fewer rows by now. */
export function clamped({ anchor, focus }: CellRange, rows: number): CellRange {
  const place = ({ row, column }: Place) => ({ row: Math.max(0, Math.min(rows - 1, row)), column })
  return { anchor: place(anchor), focus: place(focus) }
}
