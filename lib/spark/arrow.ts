import {
  bool,
  type DataType,
  float32,
  float64,
  int8,
  int16,
  int32,
  int64,
  list,
  type Table,
  TimeUnit,
  tableFromArrays,
  tableFromIPC,
  tableToIPC,
  timestamp,
  uint8,
  utf8,
} from '@uwdata/flechette'

/** A column's values. */
export type Values = ArrayLike<unknown>
export type Columns = { names: string[]; values: Values[] }

/**
 * A table as Arrow streams of at most about `bytesEach`, as Spark takes them. Text is plain text: Spark reads a
 * dictionary's codes as numbers, silently, and Arrow writers make dictionaries unless told.
 */
export function* toArrow(
  { names, values }: Columns,
  types: DataType[],
  bytesEach = 8 * 2 ** 20,
): Generator<Uint8Array, void> {
  const rows = values[0]?.length ?? 0
  const wrong = values.findIndex((each) => each.length !== rows)
  if (wrong >= 0)
    throw new Error(
      `columns have different lengths: ${names[0]} has ${rows} rows, ${names[wrong]} ${values[wrong]!.length}`,
    )
  const rowBytes = types.reduce((sum, _, i) => sum + bytesOfValue(values[i]!), 1)
  const rowsEach = Math.max(1_000, Math.floor(bytesEach / rowBytes))
  for (let from = 0; from === 0 || from < rows; from += rowsEach) {
    const part = names.map((name, i) => [name, partOf(values[i]!, types[i]!, from, from + rowsEach)] as const)
    const table = tableFromArrays(part as unknown as [string, unknown[]][], {
      types: Object.fromEntries(names.map((name, i) => [name, types[i]!])),
      maxBatchRows: rowsEach,
    })
    yield tableToIPC(table, { format: 'stream' })!
  }
}

/** Arrow's types of columns. `whole: false`: numbers are doubles, whole or not, as more of them may follow. */
export const typesOf = ({ names, values }: Columns, { whole = true } = {}): DataType[] =>
  values.map((each, i) => {
    const type = typeOf(each, names[i]!)
    return whole || ArrayBuffer.isView(each) || type.typeId !== int32().typeId ? type : float64()
  })

const typed = new Map<unknown, () => DataType>([
  [Float64Array, float64],
  [Float32Array, float32],
  [Int8Array, int8],
  [Int16Array, int16],
  [Int32Array, int32],
  [BigInt64Array, int64],
  // Spark has no numbers without a sign: the next larger type holds them.
  [Uint8Array, int16],
  [Uint8ClampedArray, int16],
  [Uint16Array, int32],
  [Uint32Array, int64],
])

function typeOf(values: Values, name: string): DataType {
  const known = typed.get(values.constructor)
  if (known) return known()
  let kind: string | undefined
  let isWhole = true
  let isSmall = true
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (value === null || value === undefined) continue
    const found = kindOf(value)
    if (kind !== undefined && found !== kind)
      throw new Error(`a column of ${kind} has ${found} in row ${i}; make it one type: ${name}`)
    kind = found
    if (typeof value === 'number' && isWhole) {
      isWhole = Number.isSafeInteger(value) && !Object.is(value, -0)
      isSmall &&= Math.abs(value) < 2 ** 31
    }
  }
  switch (kind) {
    case 'number':
      return isWhole ? (isSmall ? int32() : int64()) : float64()
    case 'bigint':
      return int64()
    case 'boolean':
      return bool()
    case 'date':
      return timestamp(TimeUnit.MICROSECOND, 'UTC')
    case 'list':
      return list(elementType(values, name))
    case 'bytes':
      return list(uint8())
    case undefined:
    case 'text':
      return utf8()
    default:
      throw new Error(
        `spark takes numbers, text, booleans, dates and lists of them, not ${kind}; change the column: ${name}`,
      )
  }
}

/** Of a list's elements, over all its rows. */
function elementType(values: Values, name: string): DataType {
  const first = Array.from(values).find((each) => ArrayBuffer.isView(each))
  if (first) return typed.get((first as object).constructor)?.() ?? float64()
  const all: unknown[] = []
  for (let i = 0; i < values.length; i++) for (const each of (values[i] ?? []) as unknown[]) all.push(each)
  return typeOf(all, name)
}

function kindOf(value: unknown): string {
  if (typeof value === 'string') return 'text'
  if (typeof value !== 'object') return typeof value
  if (value instanceof Date) return 'date'
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return 'list'
  return 'objects'
}

/** A column's part; whole numbers that need 64 bits as bigints, which is how they are written. */
function partOf(values: Values, type: DataType, from: number, to: number): unknown {
  const sliced = ArrayBuffer.isView(values)
    ? (values as unknown as Float64Array).subarray(from, to)
    : Array.prototype.slice.call(values, from, to)
  if (type.typeId !== int64().typeId || (type as { bitWidth?: number }).bitWidth !== 64) return sliced
  return Array.from(sliced as ArrayLike<unknown>, (each) => (typeof each === 'number' ? BigInt(each) : each))
}

/** Roughly, by the first rows. */
function bytesOfValue(values: Values): number {
  let bytes = 8
  for (let i = 0; i < Math.min(values.length, 100); i++) {
    const value = values[i]
    if (typeof value === 'string') bytes = Math.max(bytes, value.length + 4)
    else if (typeof value === 'object' && value !== null && 'length' in value)
      bytes = Math.max(bytes, 8 * (value as ArrayLike<unknown>).length + 4)
  }
  return bytes
}

/** The columns of Arrow batches, each of which is a stream of its own with the same schema. */
export function fromArrow(batches: Uint8Array[]): Columns {
  if (batches.length === 0) return { names: [], values: [] }
  const options = { useDate: true, useMap: true }
  let table: Table
  let values: Values[]
  try {
    table = tableFromIPC(batches, options)
    values = table.children.map((column) => column.toArray())
  } catch (error) {
    // A whole number that a double does not hold.
    if (!/integer|unsafe|exceeds/i.test((error as Error).message)) throw error
    table = tableFromIPC(batches, { ...options, useBigInt: true })
    values = table.children.map((column) => column.toArray())
  }
  const names = table.names.map(String)
  table.schema.fields.forEach((field, i) => {
    if (isVector(field.type)) values[i] = Array.from(values[i]!, (each) => dense(each as Vector | null))
  })
  return { names, values }
}

type Vector = {
  type: number
  size: number | null
  indices: ArrayLike<number> | null
  values: ArrayLike<number>
}

/** Spark ML's vectors come as what they are stored as. */
function isVector(type: DataType): boolean {
  const names = (type as { children?: { name: string }[] }).children?.map(({ name }) => name)
  return names?.join() === 'type,size,indices,values'
}

function dense(vector: Vector | null): Float64Array | null {
  if (!vector) return null
  if (vector.type === 1) return Float64Array.from(vector.values)
  const full = new Float64Array(vector.size ?? 0)
  const { indices, values } = vector
  for (let i = 0; indices && i < indices.length; i++) full[indices[i]!] = values[i]!
  return full
}
