import { inspect } from 'node:util'
import type { TableOutput } from '../../../lib/protocol/mime'
import { textTable } from './text-table'

/** The part of arquero's `ColumnTable` that is read here. */
export type ArqueroTable = {
  numRows(): number
  numCols(): number
  columnNames(): string[]
  column(name: string): ArqueroColumn
  totalRows(): number
  isFiltered(): boolean
  /** Each row's index in the columns, in the table's order. */
  scan(visit: (row: number, data: unknown, stop: () => void) => void, ordered?: boolean): void
}
/** A plain or typed array, or a column object around one. */
type ArqueroColumn = { length: number; at(row: number): unknown; data?: unknown }
const dataOf = (column: ArqueroColumn): unknown => column.data ?? column

type TableCell = TableOutput['head'][number][number]

const headRows = 100
const textRows = 10
/** Counting nulls in more cells than this would be felt. */
const countedCells = 20_000_000

export function isArqueroTable(value: object): value is ArqueroTable {
  const table = value as Partial<ArqueroTable>
  return (
    typeof table.numRows === 'function' &&
    typeof table.columnNames === 'function' &&
    typeof table.column === 'function' &&
    typeof table.scan === 'function'
  )
}

export function formatTable(table: ArqueroTable): { output: TableOutput; text: string } {
  const names = table.columnNames()
  const rows = table.numRows()
  const columns = names.map((name) => table.column(name))
  const indices: number[] = []
  table.scan((row, _, stop) => {
    if (indices.length >= headRows) return stop()
    indices.push(row)
  }, true)
  const head = indices.slice(0, headRows).map((row) => columns.map((column) => toCell(column.at(row))))
  const counted = table.totalRows() * names.length <= countedCells
  const output: TableOutput = {
    rows,
    columns: names.map((name, i) => ({
      name,
      type: typeOf(columns[i]!, indices),
      ...(counted ? { nulls: countNulls(table, columns[i]!) } : {}),
    })),
    head,
  }
  const bytes = sizeOf(columns)
  if (bytes !== undefined) output.bytes = bytes
  return { output, text: describe(output) }
}

/** Objects of one kind as rows: undefined unless that shows them well. */
export function formatRecords(values: unknown[]): { output: TableOutput } | undefined {
  const first = values.slice(0, headRows)
  if (first.length === 0 || !first.every(isRecord)) return undefined
  const names = [...new Set(first.flatMap((record) => Object.keys(record)))]
  const cells = first.flatMap((record) => Object.values(record))
  if (names.length === 0 || names.length > 50 || !cells.every(isFlat)) return undefined
  const columns = names.map((name) => {
    const column = first.map((record) => record[name])
    return { name, type: typeOfValues(column) }
  })
  const head = first.map((record) => names.map((name) => toCell(record[name])))
  return { output: { rows: values.length, columns, head } }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return (
    (prototype === Object.prototype || prototype === null) && Object.getOwnPropertySymbols(value).length === 0
  )
}

const isFlat = (value: unknown) =>
  value === null || (typeof value !== 'object' && typeof value !== 'function') || value instanceof Date

function toCell(value: unknown): TableCell {
  if (value === null || value === undefined) return null
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
  if (typeof value === 'object')
    return inspect(value, { depth: 1, breakLength: Number.POSITIVE_INFINITY, maxArrayLength: 10 }).slice(
      0,
      200,
    )
  return String(value)
}

function typeOf(column: ArqueroColumn, indices: number[]) {
  const data = dataOf(column)
  if (ArrayBuffer.isView(data)) return data.constructor.name.replace('Array', '').toLowerCase()
  return typeOfValues(indices.map((row) => column.at(row)))
}

function typeOfValues(values: unknown[]) {
  const types = new Set(values.filter((value) => value !== null && value !== undefined).map(typeOfValue))
  if (types.size === 0) return 'empty'
  return types.size === 1 ? [...types][0]! : 'mixed'
}

function typeOfValue(value: unknown) {
  if (value instanceof Date) return 'date'
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return 'array'
  return typeof value
}

function countNulls(table: ArqueroTable, column: ArqueroColumn) {
  const data = dataOf(column)
  if (ArrayBuffer.isView(data)) return 0
  let nulls = 0
  const look = (value: unknown) => {
    if (value === null || value === undefined) nulls++
  }
  if (!table.isFiltered() && Array.isArray(data)) for (const value of data) look(value)
  else table.scan((row) => look(column.at(row)))
  return nulls
}

function sizeOf(columns: ArqueroColumn[]) {
  let bytes = 0
  for (const data of columns.map(dataOf)) {
    if (!ArrayBuffer.isView(data)) return undefined
    bytes += data.byteLength
  }
  return bytes
}

function describe({ rows, columns, head }: TableOutput) {
  const size = `${rows.toLocaleString('en')} × ${columns.length}`
  const lines = textTable(
    columns.map(({ name }) => name),
    head.slice(0, textRows),
  )
  return rows > textRows ? `${lines}\n… ${size}` : `${lines}\n${size}`
}
