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
}

/** `number` also holds bigints and decimals as numbers; `other` is sorted and searched by its text. */
export type ColumnKind = 'number' | 'bigint' | 'boolean' | 'time' | 'text' | 'other'

export const asColumnTable = Symbol.for('cellar.columnTable')
export type HasColumnTable = { [asColumnTable](): ColumnTable }

export const hasColumnTable = (value: object): value is HasColumnTable =>
  typeof (value as Partial<HasColumnTable>)[asColumnTable] === 'function'

/** A column of which only the values are known: its type and kind are read from the first of them. */
export function columnOf(name: string, data: ArrayLike<unknown>): Column {
  const kind = ArrayBuffer.isView(data) ? kindOfView(data) : kindOfValues(data)
  const type = ArrayBuffer.isView(data) ? typeOfView(data) : typeNames[kind]
  return { name, type, kind, at: (row) => data[row], data }
}

const typeNames: Record<ColumnKind, string> = {
  number: 'number',
  bigint: 'bigint',
  boolean: 'boolean',
  time: 'date',
  text: 'string',
  other: 'mixed',
}
const typeOfView = (data: ArrayBufferView) => data.constructor.name.replace('Array', '').toLowerCase()
const kindOfView = (data: ArrayBufferView): ColumnKind =>
  data instanceof BigInt64Array || data instanceof BigUint64Array ? 'bigint' : 'number'

/** Values of a column without a type of its own that are looked at to say one. */
const lookedAt = 1000

function kindOfValues(data: ArrayLike<unknown>): ColumnKind {
  let kind: ColumnKind | undefined
  let seen = 0
  for (let row = 0; row < data.length && seen < lookedAt; row++) {
    const value = data[row]
    if (value === null || value === undefined) continue
    seen++
    const of = kindOfValue(value)
    if (kind !== undefined && kind !== of) return 'other'
    kind = of
  }
  return kind ?? 'other'
}

function kindOfValue(value: unknown): ColumnKind {
  switch (typeof value) {
    case 'number':
      return 'number'
    case 'bigint':
      return 'bigint'
    case 'boolean':
      return 'boolean'
    case 'string':
      return 'text'
    default:
      return value instanceof Date ? 'time' : 'other'
  }
}
