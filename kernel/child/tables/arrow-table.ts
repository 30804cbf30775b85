import { type Column, type ColumnKind, type ColumnTable, typeOfValues } from './column-table'

/** What the tables of apache-arrow and of flechette (which arquero uses) have in common. */
export type ArrowTable = {
  numRows: number
  schema: { fields: { name: string }[] }
  getChildAt(index: number): ArrowColumn | null
}
/** A `Vector` of apache-arrow or a `Column` of flechette. */
export type ArrowColumn = {
  length: number
  nullCount: number
  type: ArrowType
  get(row: number): unknown
  toArray(): ArrayLike<unknown>
  data: readonly { values?: unknown; length: number }[]
}
type ArrowType = {
  typeId: number
  bitWidth?: number
  /** Of integers; the two libraries' names for it. */
  signed?: boolean
  isSigned?: boolean
  precision?: number
  scale?: number
  unit?: number
  dictionary?: ArrowType
  toString(): string
}

export function isArrowTable(value: object): value is ArrowTable {
  const table = value as Partial<ArrowTable>
  return (
    typeof table.numRows === 'number' &&
    Array.isArray(table.schema?.fields) &&
    typeof table.getChildAt === 'function'
  )
}

export const isArrowColumn = (value: object): value is ArrowColumn =>
  typeof (value as Partial<ArrowColumn>).type?.typeId === 'number' &&
  typeof (value as Partial<ArrowColumn>).get === 'function' &&
  typeof (value as Partial<ArrowColumn>).toArray === 'function'

/** An Arrow table of either library. */
export function fromArrow(table: ArrowTable): ColumnTable {
  const columns = table.schema.fields.map(({ name }, i) => fromArrowColumn(name, table.getChildAt(i)!))
  return { columns, length: table.numRows }
}

/** One column, its values decoded when they are read; numbers without nulls are read from the Arrow buffer itself. */
export function fromArrowColumn(name: string, column: ArrowColumn): Column {
  const kind = kindOf(column)
  const type = nameOf(column.type)
  const at = decoder(column)
  const direct = kind === 'number' && column.nullCount === 0 && column.data.length === 1
  const data = direct ? column.toArray() : undefined
  // A typed array of another length, or of raw decimals, is not the values.
  const whole =
    ArrayBuffer.isView(data) && data.length === column.length && column.type.typeId !== ids.decimal
  return { name, type, kind, at, ...(whole && { data: data as ArrayLike<unknown> }) }
}

/** Arrow's own numbers of types (`Schema.fbs`), which both libraries use; apache-arrow's dictionaries are negative. */
const ids = {
  dictionary: -1,
  int: 2,
  float: 3,
  utf8: 5,
  bool: 6,
  decimal: 7,
  date: 8,
  timestamp: 10,
  largeUtf8: 20,
  utf8View: 24,
}

const kinds: Record<number, ColumnKind> = {
  [ids.int]: 'number',
  [ids.float]: 'number',
  [ids.utf8]: 'text',
  [ids.bool]: 'boolean',
  [ids.decimal]: 'number',
  [ids.date]: 'time',
  [ids.timestamp]: 'time',
  [ids.largeUtf8]: 'text',
  [ids.utf8View]: 'text',
}

/** A column of 64-bit integers has bigints or numbers, as the table was read. */
function kindOf(column: ArrowColumn): ColumnKind {
  const { typeId } = valueType(column.type)
  const kind = kinds[typeId] ?? 'other'
  if (typeId !== ids.int) return kind
  return typeOfValues(column.length, (row) => column.get(row)).kind === 'bigint' ? 'bigint' : kind
}

/** What a dictionary's entries are. */
const valueType = (type: ArrowType): ArrowType =>
  type.typeId === ids.dictionary && type.dictionary ? type.dictionary : type

function decoder(column: ArrowColumn): Column['at'] {
  const type = valueType(column.type)
  // apache-arrow gives a decimal's four words; flechette gives a number.
  if (type.typeId === ids.decimal)
    return (row) => {
      const value = column.get(row)
      return ArrayBuffer.isView(value) ? fromWords(value as unknown as Uint32Array, type.scale ?? 0) : value
    }
  return (row) => column.get(row)
}

function fromWords(words: Uint32Array, scale: number) {
  let value = 0n
  for (let i = words.length - 1; i >= 0; i--) value = (value << 32n) | BigInt(words[i]!)
  return Number(BigInt.asIntN(words.length * 32, value)) / 10 ** scale
}

const units = ['s', 'ms', 'us', 'ns']

/** Both libraries' types as Arrow names them: `Int32`, `Float64`, `Utf8`, `Timestamp<ms>`. */
function nameOf(type: ArrowType): string {
  const { typeId, bitWidth, signed, isSigned, precision, scale, unit } = type
  switch (typeId) {
    case ids.dictionary:
      return `Dictionary<${type.dictionary ? nameOf(type.dictionary) : ''}>`
    case ids.int:
      return `${signed === false || isSigned === false ? 'Uint' : 'Int'}${bitWidth}`
    case ids.float:
      return `Float${[16, 32, 64][precision ?? 2]}`
    case ids.utf8:
    case ids.largeUtf8:
    case ids.utf8View:
      return 'Utf8'
    case ids.bool:
      return 'Bool'
    case ids.decimal:
      return `Decimal<${precision}, ${scale}>`
    case ids.date:
      return 'Date'
    case ids.timestamp:
      return `Timestamp<${units[unit ?? 1]}>`
    default: {
      const text = type.toString()
      return text.startsWith('[object') ? 'nested' : text.split('<')[0]!
    }
  }
}
