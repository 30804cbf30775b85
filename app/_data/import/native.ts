import type { DuckDBConnection } from '@duckdb/node-api'
import { columnTypeOf } from '../../../lib/protocol/column-of-sql'
import { type ColumnType, maxColumns } from '../../../lib/protocol/dataset'
import { rowColumn } from '../../../lib/protocol/dataset-file'
import { Refused } from '../../../lib/refused'
import { storedTypes } from '../column-sql'
import { quoted, readAll } from '../duck'
import { tidyNames } from './delimited'
import type { StagedColumn } from './staged'

/** The columns of a query whose types are known, as columns of a data set; `from`: `FROM …`. */
export async function nativeColumns(
  connection: DuckDBConnection,
  from: string,
): Promise<{ columns: StagedColumn[]; notices: string[] }> {
  const found = (await readAll(connection, `DESCRIBE SELECT * ${from}`))
    .map(([name, type]) => ({ name: String(name), type: String(type) }))
    .filter(({ name }) => name !== rowColumn)
  if (found.length === 0) throw new Refused(422, 'no_columns', 'the file has no column')
  if (found.length > maxColumns)
    throw new Refused(
      422,
      'too_many_columns',
      `a data set has at most ${maxColumns} columns, this has ${found.length}`,
    )
  const uneven = await unevenLists(connection, from, found)
  const { names, notices } = tidyNames(found.map(({ name }) => name))
  const columns = found.map(({ name, type }, i) => {
    const native = uneven.has(name) ? 'text' : columnTypeOf(type)
    return { source: nativeValue(quoted(name), type, native), name: names[i]!, native }
  })
  return { columns, notices }
}

function nativeValue(column: string, type: string, native: ColumnType): string {
  if (native === 'text') {
    if (/^(STRUCT|MAP|UNION)\b|\[\d*\]$/.test(type)) return `CAST(to_json(${column}) AS VARCHAR)`
    // A JSON text has its quotes.
    if (type === 'JSON') return `coalesce(${column} ->> '$', CAST(${column} AS VARCHAR))`
    return `CAST(${column} AS VARCHAR)`
  }
  const value = `CAST(${column} AS ${storedTypes[native]})`
  // A file of numbers has no other sign for what is missing.
  return native === 'number' ? `CASE WHEN NOT isnan(${value}) THEN ${value} END` : value
}

/** Columns of lists that are not of one length. */
async function unevenLists(
  connection: DuckDBConnection,
  from: string,
  columns: { name: string; type: string }[],
): Promise<Set<string>> {
  const lists = columns.filter(({ type }) => columnTypeOf(type) === 'numbers').map(({ name }) => name)
  if (lists.length === 0) return new Set()
  const measures = lists.map(
    (name) => `coalesce(min(len(${quoted(name)})) = max(len(${quoted(name)})), false)`,
  )
  const [row] = await readAll(connection, `SELECT ${measures.join(', ')} ${from}`)
  return new Set(lists.filter((_, i) => row![i] !== true))
}
