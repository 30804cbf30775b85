import type { TableCell } from '../../../../../lib/protocol/tables'

/** A place in the shown page: row and column as they are drawn. */
export type Place = { row: number; column: number }
/** The cells between two corners; `focus` moves with the keys. */
export type CellRange = { anchor: Place; focus: Place }

/** The range's first row and column, and those after its last. */
export function bounds({ anchor, focus }: CellRange) {
  return {
    top: Math.min(anchor.row, focus.row),
    bottom: Math.max(anchor.row, focus.row) + 1,
    left: Math.min(anchor.column, focus.column),
    right: Math.max(anchor.column, focus.column) + 1,
  }
}

export function holds(range: CellRange | undefined, { row, column }: Place): boolean {
  if (!range) return false
  const { top, bottom, left, right } = bounds(range)
  return row >= top && row < bottom && column >= left && column < right
}

/** The range after an arrow, Home or End; undefined for other keys. `extending` leaves the anchor where it is. */
export function moveRange(
  range: CellRange | undefined,
  key: string,
  { rows, columns }: { rows: number; columns: number },
  extending: boolean,
): CellRange | undefined {
  const steps: Record<string, [number, number]> = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    Home: [0, -columns],
    End: [0, columns],
  }
  const step = steps[key]
  if (!step || rows === 0 || columns === 0) return undefined
  if (!range) return at({ row: 0, column: 0 })
  const focus = {
    row: Math.max(0, Math.min(rows - 1, range.focus.row + step[0])),
    column: Math.max(0, Math.min(columns - 1, range.focus.column + step[1])),
  }
  return extending ? { anchor: range.anchor, focus } : at(focus)
}

export const at = (place: Place): CellRange => ({ anchor: place, focus: place })

/**
 * The range as spreadsheets take it: tabs between cells, lines between rows, quotes around what holds either; with
 * the columns' names when more than one row is taken.
 */
export function toTsv(range: CellRange, names: string[], cells: TableCell[][]): string {
  const { top, bottom, left, right } = bounds(range)
  const rows: TableCell[][] = cells.slice(top, bottom).map((row) => row.slice(left, right))
  const lines = bottom - top > 1 ? [names.slice(left, right), ...rows] : rows
  return lines.map((row) => row.map(field).join('\t')).join('\n')
}

function field(value: TableCell): string {
  if (value === null) return ''
  const text = String(value)
  return /[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
