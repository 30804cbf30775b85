import type { TableOutput } from '../../../lib/protocol/mime'
import { toCell } from '../tables/cell'
import type { Column, ColumnTable } from '../tables/column-table'
import { shownRows } from '../tables/selection'
import { textTable } from './text-table'

const headRows = 100
/** Of a table of thousands of columns only the first rows are kept. */
const headCells = 20_000
const textRows = 10
/** Counting nulls in more cells than this would be felt. */
const countedCells = 3_000_000

/** What is kept of a table in a cell's output, and the text that stands for it. */
export function formatTable(table: ColumnTable): { output: TableOutput; text: string } {
  const { columns, indices, bytes } = table
  const rows = shownRows(table)
  const kept = Math.min(rows, headRows, Math.max(1, Math.floor(headCells / Math.max(1, columns.length))))
  const few = table.length * columns.length <= countedCells
  const head = Array.from({ length: kept }, (_, i) => {
    const row = indices ? indices[i]! : i
    return columns.map(({ at, kind }) => toCell(at(row), kind))
  })
  const output: TableOutput = {
    rows,
    ...(bytes !== undefined && { bytes }),
    columns: columns.map((column) => {
      const { name, type, kind } = column
      return {
        name,
        type,
        kind,
        ...((few || ArrayBuffer.isView(column.data)) && { nulls: countNulls(column, table) }),
      }
    }),
    head,
  }
  return { output, text: describe(output) }
}

function countNulls({ data, at }: Column, { length, indices }: ColumnTable) {
  if (ArrayBuffer.isView(data)) return 0
  let nulls = 0
  const look = (value: unknown) => {
    if (value === null || value === undefined) nulls++
  }
  if (indices) for (const row of indices) look(at(row))
  else for (let row = 0; row < length; row++) look(at(row))
  return nulls
}

function describe({ rows, columns, head }: TableOutput) {
  const size = `${rows.toLocaleString('en')} × ${columns.length}`
  const lines = textTable(
    columns.map(({ name }) => name),
    head.slice(0, textRows),
  )
  return rows > textRows ? `${lines}\n… ${size}` : `${lines}\n${size}`
}
