import { DuckDBInstance } from '@duckdb/node-api'
import type { DatasetColumn } from '../../lib/protocol/dataset'
import type { TrainData } from './data'
import { createReader, literal, selectionOf } from './read-data'

/** Rows of one vector of DuckDB. */
const vectorRows = 2048

/** Reads columns of a version's file part by part, each of about so many bytes: however large it is, one part is held. */
export async function* readParts(
  file: string,
  columns: DatasetColumn[],
  partBytes: number,
): AsyncGenerator<TrainData, void, undefined> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '512MiB' })
  const connection = await instance.connect()
  const bytes = columns.reduce((sum, column) => sum + bytesOf(column), 0)
  const rowsEach = vectorRows * Math.max(1, Math.floor(partBytes / bytes / vectorRows))
  try {
    await connection.run("SET TimeZone = 'UTC'")
    const selected = columns.map(selectionOf).join(', ')
    const result = await connection.stream(`SELECT ${selected} FROM read_parquet(${literal(file)})`)
    let readers = columns.map((column) => createReader(column, rowsEach))
    let rows = 0
    const take = (): TrainData => {
      const part = { rows, columns: readers.map((reader) => reader.column(rows)) }
      readers = columns.map((column) => createReader(column, rowsEach))
      rows = 0
      return part
    }
    for (let chunk = await result.fetchChunk(); chunk?.rowCount; chunk = await result.fetchChunk()) {
      if (rows + chunk.rowCount > rowsEach) yield take()
      for (const [i, reader] of readers.entries()) reader.read(chunk, i, rows)
      rows += chunk.rowCount
    }
    if (rows > 0) yield take()
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

const bytesOf = ({ type, shape }: DatasetColumn) =>
  type === 'numbers' ? 4 * shape!.reduce((product, length) => product * length, 1) : 8
