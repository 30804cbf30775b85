import type { DuckDBResult } from '@duckdb/node-api'
import { createReader, type ResultColumn } from './column-reader'
import { distinctNames } from './distinct-names'
import { type Duck, quoted, schema } from './duckdb'

/** A result in memory. `kept`: whether DuckDB holds it too, under the name that was given. */
export type Result = { names: string[]; types: string[]; columns: ResultColumn[]; kept: boolean }

/**
 * Reads a streaming result, and keeps it in DuckDB as table `name`: a query over it then copies nothing, and sees its
 * types of SQL. `pause` as in `appendTable`.
 */
export async function readResult(
  duck: Duck,
  result: DuckDBResult,
  name: string,
  pause: () => Promise<void>,
): Promise<Result> {
  const names = distinctNames(result.columnNames())
  const readers = names.map((_, i) => createReader(duck, i, result.columnTypeId(i)))
  const appender = await keep(duck, result, names, name)
  try {
    for (;;) {
      const chunk = await result.fetchChunk()
      await pause()
      if (!chunk || chunk.rowCount === 0) break
      for (const reader of readers) reader.read(chunk)
      appender?.appendDataChunk(chunk)
    }
  } finally {
    appender?.closeSync()
  }
  const types = names.map((_, i) => String(result.columnType(i)))
  return { names, types, columns: readers.map((reader) => reader.column()), kept: appender !== undefined }
}

/** Undefined for the rare result whose types no table can have. */
async function keep({ writes }: Duck, result: DuckDBResult, names: string[], name: string) {
  const columns = names.map((each, i) => `${quoted(each)} ${result.columnType(i)}`)
  try {
    await writes.run(`CREATE TABLE ${schema}.${name} (${columns.join(', ')})`)
    return await writes.createAppender(name, schema)
  } catch {
    return undefined
  }
}
