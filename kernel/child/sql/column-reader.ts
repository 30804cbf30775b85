import type { DuckDBDataChunk, DuckDBValue, DuckDBVector } from '@duckdb/node-api'
import type { Duck } from './duckdb'
import { NullableNumbers } from './nullable-numbers'
import { readStrings } from './string-vector'

/** Gathers one column of a result, chunk by chunk. */
export type ColumnReader = {
  read(chunk: DuckDBDataChunk): void
  /** As a column of arquero. */
  column(): ResultColumn
}
export type ResultColumn = unknown[] | Numbers | NullableNumbers

type Numbers =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
type Stored = Numbers | BigInt64Array
type NewArray<Values extends Stored> = new (length: number) => Values

/**
 * For the column at `index` of a result. Numbers come as typed arrays, whole numbers of 64 bits as doubles while these can
 * hold them all, dates as `Date`, a missing value as null.
 */
export function createReader(duck: Duck, index: number, typeId: number): ColumnReader {
  const { DuckDBTypeId: id, JSDuckDBValueConverter: toJs } = duck.api
  const arrays: Partial<Record<number, NewArray<Numbers>>> = {
    [id.TINYINT]: Int8Array,
    [id.UTINYINT]: Uint8Array,
    [id.SMALLINT]: Int16Array,
    [id.USMALLINT]: Uint16Array,
    [id.INTEGER]: Int32Array,
    [id.UINTEGER]: Uint32Array,
    [id.FLOAT]: Float32Array,
    [id.DOUBLE]: Float64Array,
  }
  const array = arrays[typeId]
  if (array) {
    const { read, all, missing } = storedReader(duck, index, array)
    return { read, column: () => withMissing(all(), missing) }
  }
  if (typeId === id.BIGINT) {
    const { read, all, missing } = storedReader(duck, index, BigInt64Array)
    return { read, column: () => narrowedBigints(all(), missing) }
  }
  const wide = typeId === id.UBIGINT || typeId === id.HUGEINT || typeId === id.UHUGEINT
  if (wide) return valuesReader(index, (value) => value, narrowed)
  if (typeId === id.VARCHAR) return stringsReader(duck, index)
  if (typeId === id.BOOLEAN) return valuesReader(index, (value) => value)
  const spoken = [id.TIME, id.TIME_TZ, id.TIME_NS, id.INTERVAL].includes(typeId)
  if (spoken) return valuesReader(index, String)
  return valuesReader(index, (value, { type }) => toJs(value, type, toJs))
}

/** Copies what DuckDB stores, and keeps which rows have no value. */
function storedReader<Values extends Stored>({ bindings }: Duck, index: number, array: NewArray<Values>) {
  let values = new array(2048)
  let length = 0
  const missing = new Set<number>()
  return {
    missing,
    read(chunk: DuckDBDataChunk) {
      const count = chunk.rowCount
      const from = length
      length += count
      if (length > values.length) {
        const larger = new array(Math.max(length, 2 * values.length))
        bytesOf(larger).set(bytesOf(values))
        values = larger
      }
      const vector = bindings.data_chunk_get_vector(chunk.chunk, index)
      const size = values.BYTES_PER_ELEMENT
      bytesOf(values).set(bindings.vector_get_data(vector, count * size), from * size)
      const valid: Uint8Array | null = bindings.vector_get_validity(vector, 8 * Math.ceil(count / 64))
      if (!valid) return
      for (let i = 0; i < count; i++) if (!(valid[i >> 3]! & (1 << (i & 7)))) missing.add(from + i)
    },
    all: () => values.slice(0, length) as Values,
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Stored) => new Uint8Array(buffer, byteOffset, byteLength)

const withMissing = (numbers: Numbers, missing: ReadonlySet<number>) =>
  missing.size === 0 ? numbers : new NullableNumbers(numbers, missing)

function narrowedBigints(bigints: BigInt64Array, missing: ReadonlySet<number>): ResultColumn {
  // Read in halves: a bigint for each number would take ten times as long.
  const halves = new Int32Array(bigints.buffer)
  const numbers = new Float64Array(bigints.length)
  for (let i = 0; i < numbers.length; i++) {
    const high = halves[2 * i + 1]!
    const tooLarge = high < -0x200000 || high > 0x1fffff
    if (tooLarge && !missing.has(i))
      return Array.from(bigints, (value, row) => (missing.has(row) ? null : value))
    numbers[i] = high * 2 ** 32 + (halves[2 * i]! >>> 0)
  }
  return withMissing(numbers, missing)
}

function stringsReader(duck: Duck, index: number): ColumnReader {
  const { bindings } = duck
  const parts: (string | null)[][] = []
  return {
    read(chunk) {
      const count = chunk.rowCount
      const vector = bindings.data_chunk_get_vector(chunk.chunk, index)
      const valid: Uint8Array | null = bindings.vector_get_validity(vector, 8 * Math.ceil(count / 64))
      parts.push(readStrings(duck, vector, count, valid))
    },
    column: () => parts.flat(),
  }
}

function valuesReader(
  index: number,
  convert: (value: DuckDBValue, vector: DuckDBVector) => unknown,
  finish: (values: unknown[]) => unknown[] = (values) => values,
): ColumnReader {
  const values: unknown[] = []
  return {
    read(chunk) {
      const vector = chunk.getColumnVector(index)
      for (let i = 0; i < chunk.rowCount; i++) {
        const value = vector.getItem(i)
        values.push(value === null ? null : convert(value, vector))
      }
    },
    column: () => finish(values),
  }
}

/** Sums of whole numbers are 128 bits wide, and rarely need them. */
const narrowed = (values: unknown[]) =>
  values.every((value) => value === null || Number.isSafeInteger(Number(value)))
    ? values.map((value) => (value === null ? null : Number(value)))
    : values
