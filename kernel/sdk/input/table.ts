import type { TableCell } from '../../../lib/protocol/inputs'
import type { InputDefinition, InputOptions } from './definition'

/** The part of an arquero table that is used here. */
export type TableLike = {
  numRows(): number
  columnNames(): string[]
  get(name: string, row: number): unknown
  reify(rows?: number[]): unknown
}

export type TableOptions<Data> = InputOptions & {
  /** An arquero table, or records. */
  data: Data
  /** Whether more than one row can be picked; true unless given. */
  multiple?: boolean
}

/** Rows that can be picked; a person who needs more filters the table first. */
const pickable = 500

/** The variable holds the picked rows: a table of a table, an array of an array. */
export function table<Data extends TableLike | readonly object[]>({
  label = '',
  data,
  multiple = true,
}: TableOptions<Data>): InputDefinition<Data extends readonly (infer Row)[] ? Row[] : Data> {
  const { rows, columns, cell, pick } = sourceOf(data)
  const shown = Math.min(rows, pickable)
  const head = Array.from({ length: shown }, (_, row) => columns.map((name) => cellOf(cell(name, row))))
  const isRow = (sent: unknown): sent is number =>
    Number.isInteger(sent) && (sent as number) >= 0 && (sent as number) < shown
  return {
    label,
    control: { kind: 'table', rows, columns, head, multiple },
    initial: [],
    accept: (sent) =>
      Array.isArray(sent) && sent.every(isRow) && (multiple || sent.length < 2)
        ? [...new Set(sent)].sort((a, b) => a - b)
        : undefined,
    decode: (picked) => pick(picked as number[]) as Data extends readonly (infer Row)[] ? Row[] : Data,
  }
}

function sourceOf(data: TableLike | readonly object[]) {
  if (Array.isArray(data)) {
    const records = data as Record<string, unknown>[]
    return {
      rows: records.length,
      columns: [...new Set(records.slice(0, pickable).flatMap((record) => Object.keys(record)))],
      cell: (name: string, row: number) => records[row]?.[name],
      pick: (rows: number[]): unknown => rows.map((row) => records[row]),
    }
  }
  const source = data as TableLike
  if (typeof source?.numRows !== 'function' || typeof source.reify !== 'function')
    throw new TypeError(`input.table needs an arquero table or an array of records as data: ${typeof data}`)
  // What a filter or an order leaves, once: places are then rows.
  const whole = source.reify() as TableLike
  return {
    rows: whole.numRows(),
    columns: whole.columnNames(),
    cell: (name: string, row: number) => whole.get(name, row),
    pick: (rows: number[]): unknown => whole.reify(rows),
  }
}

function cellOf(value: unknown): TableCell {
  if (value === null || value === undefined) return null
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value === 'boolean') return value
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
  return (typeof value === 'object' ? JSON.stringify(value) : String(value)).slice(0, 200)
}
