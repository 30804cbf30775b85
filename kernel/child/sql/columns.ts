/** Values of one column. `row`: from 0 to the table's length. */
export type Column =
  /** Stands in memory as DuckDB reads it, without missing values; `rows` picks and orders where not all are meant. */
  { kind: 'typed'; values: TypedArray; rows?: Uint32Array } | { kind: 'values'; at(row: number): unknown }

export type TypedArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array

/** What of a table DuckDB is given. */
export type Columns = {
  rows: number
  columns: { name: string; column: Column }[]
  /** Its values may change while it stays the same object: an array of records. */
  mutable: boolean
}

/** The columns of an arquero table, an Arrow table, or an array of records; undefined for any other value. */
export function columnsOf(value: unknown): Columns | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (Array.isArray(value)) return ofRecords(value)
  if (isArquero(value)) return ofArquero(value)
  if (isArrow(value)) return ofArrow(value)
  return undefined
}

/** Whether SQL can read it: as `columnsOf`, without looking at its rows. */
export const isTable = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  (Array.isArray(value) ? isRecord(value[0]) : isArquero(value) || isArrow(value))

type ArqueroColumn = { length: number; at(row: number): unknown; data?: unknown }
type Arquero = {
  numRows(): number
  totalRows(): number
  columnNames(): string[]
  column(name: string): ArqueroColumn
  isFiltered(): boolean
  isOrdered(): boolean
  indices(order?: boolean): Uint32Array
}

const isArquero = (value: object): value is Arquero => {
  const table = value as Partial<Arquero>
  return (
    typeof table.columnNames === 'function' &&
    typeof table.column === 'function' &&
    typeof table.indices === 'function'
  )
}

function ofArquero(table: Arquero): Columns {
  const rows = table.isFiltered() || table.isOrdered() ? Uint32Array.from(table.indices()) : undefined
  const columns = table.columnNames().map((name) => {
    const column = table.column(name)
    // A plain or typed array, or a column object around one.
    const values = column.data ?? column
    return { name, column: isTyped(values) ? typed(values, rows) : picked((row) => column.at(row), rows) }
  })
  return { rows: table.numRows(), columns, mutable: false }
}

/** Of apache-arrow and of flechette. */
type ArrowColumn = { length: number; nullCount: number; toArray(): unknown } & (
  | { get(row: number): unknown }
  | { at(row: number): unknown }
)
type Arrow = {
  numRows: number
  schema: { fields: { name: string }[] }
  getChildAt(index: number): ArrowColumn | null
}

const isArrow = (value: object): value is Arrow => {
  const table = value as Partial<Arrow>
  return (
    typeof table.numRows === 'number' &&
    typeof table.getChildAt === 'function' &&
    Array.isArray(table.schema?.fields)
  )
}

function ofArrow(table: Arrow): Columns {
  const columns = table.schema.fields.flatMap(({ name }, i) => {
    const vector = table.getChildAt(i)
    if (!vector) return []
    const values = vector.nullCount === 0 ? vector.toArray() : undefined
    if (isTyped(values) && values.length === table.numRows) return [{ name, column: typed(values) }]
    const at = 'get' in vector ? (row: number) => vector.get(row) : (row: number) => vector.at(row)
    return [{ name, column: picked(at) }]
  })
  return { rows: table.numRows, columns, mutable: false }
}

function ofRecords(records: unknown[]): Columns | undefined {
  if (!isRecord(records[0])) return undefined
  const names = new Set<string>()
  for (const record of records) {
    if (!isRecord(record)) return undefined
    for (const name in record) names.add(name)
  }
  const columns = [...names].map((name) => ({
    name,
    column: picked((row) => (records[row] as Record<string, unknown>)[name]),
  }))
  return { rows: records.length, columns, mutable: true }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const typed = (values: TypedArray, rows?: Uint32Array): Column =>
  rows ? { kind: 'typed', values, rows } : { kind: 'typed', values }
const picked = (at: (row: number) => unknown, rows?: Uint32Array): Column => ({
  kind: 'values',
  at: rows ? (row) => at(rows[row]!) : at,
})

const isTyped = (value: unknown): value is TypedArray =>
  ArrayBuffer.isView(value) && !(value instanceof DataView) && value.constructor.name !== 'Float16Array'
