import type { DatasetColumn } from '../../../../../lib/protocol/dataset'
import type { ColumnKind } from '../../../../../lib/protocol/tables'
import type { GridRow } from './use-grid-rows'

const kinds: Record<DatasetColumn['type'], ColumnKind> = {
  boolean: 'boolean',
  integer: 'number',
  number: 'number',
  text: 'text',
  date: 'time',
  datetime: 'time',
  numbers: 'other',
}

/** Columns as the forms of filters know them. */
export const filterColumns = (columns: readonly DatasetColumn[]) =>
  columns.map(({ name, type }) => ({ name, type, kind: kinds[type] }))

const letter = 7.4
const padding = 28
const narrowest = 96
const widest = 320

/** Each column's width in pixels by its name, its type and the first rows: later rows must not move the columns. */
export function gridWidths(
  columns: readonly DatasetColumn[],
  first: readonly (GridRow | undefined)[],
): number[] {
  return columns.map(({ name, type, shape, categories }, i) => {
    if (type === 'numbers') return shape?.length === 2 ? 110 : 200
    const lengths = first.map((row) => String(row?.values[i] ?? '').length)
    const least = { boolean: 6, integer: 8, number: 10, text: 10, date: 12, datetime: 22 }[type]
    const choices = categories?.map(({ length }) => length + 2) ?? []
    const longest = Math.max(least, ...lengths, ...choices)
    return Math.round(
      Math.min(widest, Math.max(narrowest, Math.max(longest, name.length + 4) * letter + padding)),
    )
  })
}

/** Where each column begins, and where the last one ends. */
export function columnStarts(widths: readonly number[]): number[] {
  const starts = [0]
  for (const width of widths) starts.push(starts.at(-1)! + width)
  return starts
}

/** The columns between two places across, with one more at each side: their first, and the one after their last. */
export function columnsWithin(
  starts: readonly number[],
  left: number,
  right: number,
): [from: number, to: number] {
  const count = starts.length - 1
  let from = 0
  while (from < count - 1 && starts[from + 1]! <= left) from++
  let to = from
  while (to < count && starts[to]! < right) to++
  return [Math.max(0, from - 1), Math.min(count, to + 1)]
}
