import { type DuckDBDataChunk, DuckDBInstance, type DuckDBListValue } from '@duckdb/node-api'
import type { DatasetColumn } from '../../lib/protocol/dataset'
import type { TrainColumn, TrainData } from './data'

/** Reads columns of a version's file, in its order of rows. */
export async function readData(file: string, rows: number, columns: DatasetColumn[]): Promise<TrainData> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '512MiB' })
  const connection = await instance.connect()
  try {
    await connection.run("SET TimeZone = 'UTC'")
    const plain = columns.filter(({ type }) => type !== 'numbers')
    const readers = plain.map((column) => createReader(column, rows))
    if (plain.length > 0) {
      const selected = plain.map(selectionOf).join(', ')
      const result = await connection.stream(`SELECT ${selected} FROM read_parquet(${literal(file)})`)
      let at = 0
      for (let chunk = await result.fetchChunk(); chunk?.rowCount; chunk = await result.fetchChunk()) {
        for (const [i, reader] of readers.entries()) reader.read(chunk, i, at)
        at += chunk.rowCount
      }
    }
    const read = new Map(plain.map(({ name }, i) => [name, readers[i]!.column(rows)]))
    for (const column of columns)
      if (column.type === 'numbers') {
        const query = `SELECT unnest(${quoted(column.name)})::FLOAT FROM read_parquet(${literal(file)})`
        const size = column.shape!.reduce((product, length) => product * length, 1)
        const values = new Float32Array(rows * size)
        const result = await connection.stream(query)
        let at = 0
        for (let chunk = await result.fetchChunk(); chunk?.rowCount; chunk = await result.fetchChunk()) {
          const vector = chunk.getColumnVector(0)
          for (let i = 0; i < chunk.rowCount; i++) values[at++] = vector.getItem(i) as number
        }
        if (at !== values.length)
          throw new Error(`${column.name}: rows lack numbers, expected ${values.length} in all, got ${at}`)
        read.set(column.name, { name: column.name, type: 'numbers', shape: column.shape!, values })
      }
    return { rows, columns: columns.map(({ name }) => read.get(name)!) }
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
/** A text as SQL has it. */
export const literal = (text: string) => `'${text.replaceAll("'", "''")}'`

/** Numbers come as doubles, with NaN where there is none; infinities count as missing, since nothing learns from them. */
export function selectionOf({ name, type }: DatasetColumn): string {
  if (type === 'text') return quoted(name)
  if (type === 'numbers') return `${quoted(name)}::FLOAT[]`
  const isTime = type === 'date' || type === 'datetime'
  const value = isTime ? `epoch_ms(${quoted(name)})` : quoted(name)
  const number = `(${value})::DOUBLE`
  return `CASE WHEN isfinite(${number}) THEN ${number} ELSE 'NaN'::DOUBLE END`
}

type Reader = {
  read(chunk: DuckDBDataChunk, index: number, at: number): void
  /** What was read, of so many rows. */
  column(rows: number): TrainColumn
}

/** Takes a column's values out of chunks, for up to so many rows. */
export function createReader({ name, type, shape }: DatasetColumn, rows: number): Reader {
  if (type === 'text') {
    const codes = new Int32Array(rows).fill(-1)
    const places = new Map<string, number>()
    return {
      read(chunk, index, at) {
        const vector = chunk.getColumnVector(index)
        for (let i = 0; i < chunk.rowCount; i++) {
          const value = vector.getItem(i) as string | null
          if (value === null) continue
          let place = places.get(value)
          if (place === undefined) {
            place = places.size
            places.set(value, place)
          }
          codes[at + i] = place
        }
      },
      column: (read) => ({ name, type, categories: [...places.keys()], codes: codes.subarray(0, read) }),
    }
  }
  if (type === 'numbers') {
    const size = shape!.reduce((product, length) => product * length, 1)
    const values = new Float32Array(rows * size)
    return {
      read(chunk, index, at) {
        const vector = chunk.getColumnVector(index)
        for (let i = 0; i < chunk.rowCount; i++) {
          const items = (vector.getItem(i) as DuckDBListValue | null)?.items ?? []
          if (items.length !== size)
            throw new Error(`${name}: rows lack numbers, expected ${size} in each, got ${items.length}`)
          values.set(items as number[], (at + i) * size)
        }
      },
      column: (read) => ({ name, type, shape: shape!, values: values.subarray(0, read * size) }),
    }
  }
  const values = new Float64Array(rows)
  return {
    read(chunk, index, at) {
      const vector = chunk.getColumnVector(index)
      for (let i = 0; i < chunk.rowCount; i++) values[at + i] = vector.getItem(i) as number
    },
    column: (read) => ({ name, type, values: values.subarray(0, read) }),
  }
}
