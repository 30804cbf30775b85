import type { SqlColumn, SqlTable } from '../../../lib/notebook/sql/complete'
import { offeredTables } from '../../../lib/protocol/limits'
import type { Duck } from './duckdb'

// Beside the connection on which a query may be running.

/** The tables and views that people have made, with their columns. */
export async function madeTables({ writes }: Duck): Promise<SqlTable[]> {
  const result = await writes.runAndReadAll(
    `SELECT table_name, column_name, data_type FROM duckdb_columns()
    WHERE NOT internal AND schema_name = 'main' AND database_name = current_database()
    ORDER BY table_name, column_index`,
  )
  const tables = new Map<string, SqlColumn[]>()
  for (const [table, name, type] of result.getRows() as [string, string, string][]) {
    const columns = tables.get(table) ?? []
    columns.push({ name, type })
    tables.set(table, columns)
  }
  return [...tables].slice(0, offeredTables).map(([name, columns]) => ({ name, columns }))
}

/** What DuckDB finds in a file's head; an address is not asked for, since nobody has run anything yet. */
export async function columnsOfFile({ writes }: Duck, file: string): Promise<SqlColumn[]> {
  if (file.includes('://')) throw new Error(`no file: ${file}`)
  const result = await writes.runAndReadAll(`DESCRIBE FROM '${file.replaceAll("'", "''")}'`)
  return (result.getRows() as [string, string][]).map(([name, type]) => ({ name, type }))
}
