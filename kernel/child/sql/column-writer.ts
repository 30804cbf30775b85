import type { Vector } from '@duckdb/node-bindings'
import type { Column, TypedArray } from './columns'
import type { Duck } from './duckdb'
import { inferType, isMissing, type ValueType } from './infer-type'

type Bindings = Duck['bindings']
type LogicalType = Parameters<Bindings['create_logical_type']>[0]

/** Writes a column into vectors of DuckDB. */
export type ColumnWriter = {
  /** As SQL calls it. */
  type: string
  logicalType: LogicalType
  /** Rows `from` … `from + count` to the vector's beginning. */
  write(vector: Vector, from: number, count: number): void
}

/** `size`: how many values a vector holds. */
export const createWriter = (bindings: Bindings, column: Column, rows: number, size: number): ColumnWriter =>
  column.kind === 'typed'
    ? typedWriter(bindings, column.values, column.rows, size)
    : valueWriter(bindings, column.at, rows, size)

/** Of `duckdb.h`, which numbers its types. */
const logical = {
  BOOLEAN: 1,
  TINYINT: 2,
  SMALLINT: 3,
  INTEGER: 4,
  BIGINT: 5,
  UTINYINT: 6,
  USMALLINT: 7,
  UINTEGER: 8,
  UBIGINT: 9,
  FLOAT: 10,
  DOUBLE: 11,
  TIMESTAMP: 12,
  HUGEINT: 16,
  VARCHAR: 17,
} as const

const typeOfArray: Record<string, keyof typeof logical> = {
  Int8Array: 'TINYINT',
  Uint8Array: 'UTINYINT',
  Uint8ClampedArray: 'UTINYINT',
  Int16Array: 'SMALLINT',
  Uint16Array: 'USMALLINT',
  Int32Array: 'INTEGER',
  Uint32Array: 'UINTEGER',
  Float32Array: 'FLOAT',
  Float64Array: 'DOUBLE',
  BigInt64Array: 'BIGINT',
  BigUint64Array: 'UBIGINT',
}

function typedWriter(
  { copy_data_to_vector: copy }: Bindings,
  values: TypedArray,
  rows: Uint32Array | undefined,
  size: number,
): ColumnWriter {
  const type = typeOfArray[values.constructor.name]!
  const bytes = values.BYTES_PER_ELEMENT
  const described = { type, logicalType: logical[type] as LogicalType }
  // Memory that threads share is no ArrayBuffer: it goes by way of one of ours.
  if (!rows && values.buffer instanceof ArrayBuffer) {
    const { buffer, byteOffset } = values
    return {
      ...described,
      write: (vector, from, count) =>
        copy(vector, 0, buffer as ArrayBuffer, byteOffset + from * bytes, count * bytes),
    }
  }
  const scratch = new (values.constructor as Float64ArrayConstructor)(size)
  const source = values as Float64Array
  return {
    ...described,
    write(vector, from, count) {
      if (rows) for (let i = 0; i < count; i++) scratch[i] = source[rows[from + i]!]!
      else scratch.set(source.subarray(from, from + count))
      copy(vector, 0, scratch.buffer, 0, count * bytes)
    },
  }
}

function valueWriter(
  bindings: Bindings,
  at: (row: number) => unknown,
  rows: number,
  size: number,
): ColumnWriter {
  const type = inferType(at, rows)
  const { memory, put } = storages[type](size)
  const valid = new Uint8Array(Math.ceil(size / 8))
  return {
    type,
    logicalType: logical[type === 'JSON' ? 'VARCHAR' : type] as LogicalType,
    write(vector, from, count) {
      let nulls = false
      const long: [number, string][] = []
      valid.fill(0xff)
      for (let i = 0; i < count; i++) {
        const value = at(from + i)
        if (isMissing(value)) {
          nulls = true
          valid[i >> 3]! &= ~(1 << (i & 7))
        } else {
          const text = put(i, value)
          if (text !== undefined) long.push([i, text])
        }
      }
      bindings.copy_data_to_vector(vector, 0, memory, 0, (memory.byteLength / size) * count)
      if (nulls) {
        bindings.vector_ensure_validity_writable(vector)
        bindings.copy_data_to_vector_validity(vector, 0, valid.buffer, 0, valid.byteLength)
      }
      for (const [i, text] of long) bindings.vector_assign_string_element(vector, i, text)
    },
  }
}

/** Memory for one vector, and how a value is put there. A text that does not fit in is returned: DuckDB copies it itself. */
type Storage = { memory: ArrayBuffer; put(i: number, value: unknown): string | undefined }

const storages: Record<ValueType, (size: number) => Storage> = {
  BOOLEAN: (size) => numeric(new Uint8Array(size), (value) => (value ? 1 : 0)),
  INTEGER: (size) => numeric(new Int32Array(size), Number),
  DOUBLE: (size) => numeric(new Float64Array(size), Number),
  BIGINT: (size) => numeric(new BigInt64Array(size), (value) => BigInt(value as number)),
  TIMESTAMP: (size) => numeric(new BigInt64Array(size), (value) => BigInt((value as Date).getTime()) * 1000n),
  HUGEINT(size) {
    const words = new BigInt64Array(2 * size)
    return {
      memory: words.buffer,
      put(i, value) {
        const number = BigInt(value as bigint)
        words[2 * i] = BigInt.asIntN(64, number)
        words[2 * i + 1] = number >> 64n
        return undefined
      },
    }
  },
  VARCHAR: (size) => texts(size, String),
  JSON: (size) => texts(size, (value) => JSON.stringify(value, bigintsAsText) ?? 'null'),
}

function numeric<Value extends number | bigint>(
  values: { [index: number]: Value; buffer: ArrayBuffer },
  of: (value: unknown) => Value,
): Storage {
  return {
    memory: values.buffer,
    put(i, value) {
      values[i] = of(value)
      return undefined
    },
  }
}

/** One of at most 12 bytes stands in the vector itself (`duckdb_string_t`): its length, then the bytes, then zeros. */
function texts(size: number, toText: (value: unknown) => string): Storage {
  const bytes = new Uint8Array(16 * size)
  return {
    memory: bytes.buffer,
    put(i, value) {
      const text = toText(value)
      const at = 16 * i
      bytes.fill(0, at, at + 16)
      if (text.length > 12) return text
      for (let k = 0; k < text.length; k++) {
        const code = text.charCodeAt(k)
        if (code > 127) return text
        bytes[at + 4 + k] = code
      }
      bytes[at] = text.length
      return undefined
    },
  }
}

const bigintsAsText = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)
