import type { DuckDBConnection } from '@duckdb/node-api'
import { columnTypeOf } from '../../../lib/protocol/column-of-sql'
import { storedTypes } from '../column-sql'
import type { DataContext } from '../context'
import { literal, quoted, readAll } from '../duck'
import { type WrittenBase, writeBase } from '../write-base'

/** A well-formed CSV file of ours, without the spaces around its names and values. */
export async function importExampleCsv(
  connection: DuckDBConnection,
  [file]: string[],
  context: DataContext,
): Promise<WrittenBase> {
  const from = `FROM read_csv(${literal(file!)}, header = true, sample_size = -1)`
  const found = (await readAll(connection, `DESCRIBE SELECT * ${from}`)).map(([name, type]) => ({
    from: String(name),
    name: String(name).trim(),
    type: columnTypeOf(String(type)),
  }))
  const values = found.map(({ from, name, type }) => {
    const value = type === 'text' ? `trim(${quoted(from)})` : quoted(from)
    return `CAST(${value} AS ${storedTypes[type]}) AS ${quoted(name)}`
  })
  return writeBase(connection, `SELECT ${values.join(', ')} ${from}`, found, context)
}
