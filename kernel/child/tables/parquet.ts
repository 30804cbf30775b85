import type { SchemaElement } from 'hyparquet'
import type { BasicType, ColumnSource } from 'hyparquet-writer'
import { toNumber } from './cell'
import type { Column, ColumnTable } from './column-table'
import { wholeText } from './csv'
import type { Rows } from './live-table'
import { areNumberLists } from './number-lists'
import { createPause } from './pause'

/** Rows of a row group: what is in memory at once, and what readers skip by. */
const groupRows = 32_768

/** A table as Parquet, compressed with Snappy, a row group at a time. */
export async function* writeParquet(
  { columns, length }: ColumnTable,
  rows: Rows,
): AsyncGenerator<Uint8Array> {
  // Loaded when first needed: most kernels never write one.
  const { ByteWriter, ParquetWriter, schemaFromColumnData } = await import('hyparquet-writer')
  const pause = createPause()
  const bytes = new ByteWriter()
  const names = uniqueNames(columns.map(({ name }) => name))
  const types = columns.map((column) => typeOf(column, length))
  const schema: SchemaElement[] = [
    { name: 'root', num_children: columns.length },
    ...names.flatMap((name, i) => {
      const type = types[i]!
      if (type === 'LIST') return listOfDoubles(name)
      return schemaFromColumnData({ columnData: [{ name, data: [], type, nullable: true }] }).slice(1)
    }),
  ]
  const writer = new ParquetWriter({ writer: bytes, schema, createdBy: 'Cellar' })
  /** The bytes since the last time; offsets in the file go on counting. */
  const take = () => {
    const taken = bytes.getBytes().slice()
    bytes.index = 0
    return taken
  }
  for (let from = 0; from < rows.count; from += groupRows) {
    const group = await rows.page(from, from + groupRows)
    const columnData: ColumnSource[] = []
    for (let i = 0; i < columns.length; i++) {
      await pause()
      const convert = converters[types[i]!]
      const column = columns[i]!
      const data = Array.from(group, (row) => {
        const value = column.at(row)
        return value === null || value === undefined ? null : convert(value, column, row)
      })
      columnData.push({ name: names[i]!, data })
    }
    await pause()
    await writer.write({ columnData, rowGroupSize: groupRows })
    yield take()
  }
  await writer.finish()
  yield take()
}

type Type =
  | Extract<BasicType, 'INT32' | 'INT64' | 'FLOAT' | 'DOUBLE' | 'BOOLEAN' | 'TIMESTAMP' | 'STRING'>
  | 'LIST'

/** As Parquet's format says that a list stands: a group of a repeated group of its elements. */
const listOfDoubles = (name: string): SchemaElement[] => [
  { name, repetition_type: 'OPTIONAL', converted_type: 'LIST', num_children: 1 },
  { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
  { name: 'element', type: 'DOUBLE', repetition_type: 'REQUIRED' },
]

function typeOf({ kind, type, at }: Column, length: number): Type {
  if (kind === 'other' && areNumberLists(length, at)) return 'LIST'
  switch (kind) {
    case 'number':
      if (/^(u?int(8|16)|int32|uint8clamped|(tiny|small)int|integer)$/i.test(type)) return 'INT32'
      return /^float32$/i.test(type) ? 'FLOAT' : 'DOUBLE'
    case 'bigint':
      return 'INT64'
    case 'boolean':
      return 'BOOLEAN'
    case 'time':
      return 'TIMESTAMP'
    default:
      return 'STRING'
  }
}

const number = (value: unknown, column: Column, row: number) => {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint' || typeof value === 'boolean') return Number(value)
  throw misfit('a number', value, column, row)
}

const converters: Record<Type, (value: unknown, column: Column, row: number) => unknown> = {
  INT32: number,
  FLOAT: number,
  DOUBLE: number,
  INT64(value, column, row) {
    if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value)
    if (typeof value !== 'bigint' || BigInt.asIntN(64, value) !== value)
      throw misfit('a whole number of 64 bits', value, column, row)
    return value
  },
  BOOLEAN(value, column, row) {
    if (typeof value !== 'boolean') throw misfit('true or false', value, column, row)
    return value
  },
  TIMESTAMP(value, column, row) {
    const date = new Date(toNumber(value))
    if (Number.isNaN(date.getTime())) throw misfit('a time', value, column, row)
    return date
  },
  STRING: (value, { kind }) => wholeText(value, kind),
  LIST: (value) => Array.from(value as ArrayLike<number | bigint>, Number),
}

/** The first values gave the column its type; a file of that type cannot hold another. */
const misfit = (wanted: string, value: unknown, { name, kind }: Column, row: number) =>
  new TypeError(
    `not ${wanted} in row ${row + 1} of ${name}, so Parquet cannot hold it; download CSV, or convert the column: ${wholeText(value, kind).slice(0, 100)}`,
  )

/** Parquet's columns have names of their own. */
function uniqueNames(names: string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    let unique = name
    for (let n = 2; taken.has(unique); n++) unique = `${name}_${n}`
    taken.add(unique)
    return unique
  })
}
