import type { ColumnKind } from '../../../lib/protocol/tables'
import type { SourceType } from './column-types'

/**
 * A table as the viewer reads it, whatever library made it: columns by row number, never rows as objects. An object
 * that is a table of its own (a query's result, say) has a method under `asColumnTable` that gives it.
 */
export type ColumnTable = {
  columns: Column[]
  /** Rows that the columns hold. */
  length: number
  /** The rows that the table shows, in its order; without it all of them as they stand. */
  indices?: Uint32Array
  /** Whether a person's query gave it. */
  query?: true
  /** Of the columns' values, where it is known without looking at each. */
  bytes?: number
}

export type Column = {
  name: string
  /** As its library calls it: `float64`, `Utf8`, `DECIMAL(18,2)`, … */
  type: string
  /** What it is sorted, filtered and summarised as. */
  kind: ColumnKind
  /** A row's value; null and undefined are missing. Times are Dates or milliseconds since 1970. */
  at(row: number): unknown
  /** The values themselves where they lie in one array by row number and none has to be converted: read faster. */
  data?: ArrayLike<unknown>
  /** What it is where it came from, a data set or a query. */
  source?: SourceType
}

/** `number` also holds decimals as numbers; `other` is sorted and searched by its text. */
export type { ColumnKind }

export const asColumnTable = Symbol.for('cellar.columnTable')
export type HasColumnTable = { [asColumnTable](): ColumnTable }

export const hasColumnTable = (value: object): value is HasColumnTable =>
  typeof (value as Partial<HasColumnTable>)[asColumnTable] === 'function'

/** A column of which only the values are known: its type and kind are read from the first of them. */
export function columnOf(name: string, data: ArrayLike<unknown>): Column {
  const at = (row: number) => data[row]
  if (ArrayBuffer.isView(data)) return { name, type: typeOfView(data), kind: kindOfView(data), at, data }
  return { name, ...typeOfValues(data.length, at), at, data }
}

const typeOfView = (data: ArrayBufferView) => data.constructor.name.replace('Array', '').toLowerCase()
const kindOfView = (data: ArrayBufferView): ColumnKind =>
  data instanceof BigInt64Array || data instanceof BigUint64Array ? 'bigint' : 'number'

/** Values of a column without a type of its own that are looked at to say one. */
const lookedAt = 1000

/** The type that the first present values have: `mixed` where they differ, `empty` where there are none. */
export function typeOfValues(length: number, at: Column['at']): Pick<Column, 'type' | 'kind'> {
  let found: Pick<Column, 'type' | 'kind'> | undefined
  for (let row = 0, seen = 0; row < length && seen < lookedAt; row++) {
    const value = at(row)
    if (value === null || value === undefined) continue
    seen++
    const of = typeOfValue(value)
    if (found && found.type !== of.type) return { type: 'mixed', kind: 'other' }
    found = of
  }
  return found ?? { type: 'empty', kind: 'other' }
}

function typeOfValue(value: unknown): Pick<Column, 'type' | 'kind'> {
  if (value instanceof Date) return { type: 'date', kind: 'time' }
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return { type: 'array', kind: 'other' }
  const type = typeof value
  if (type === 'string') return { type, kind: 'text' }
  if (type === 'number' || type === 'bigint' || type === 'boolean') return { type, kind: type }
  return { type, kind: 'other' }
}
