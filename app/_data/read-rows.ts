import { type DuckDBConnection, DuckDBListValue, type DuckDBValue } from '@duckdb/node-api'
import type { ColumnType, DatasetColumn, DatasetRows, DatasetValue } from '../../lib/protocol/dataset'

/** The rows of a query whose first column is their identity, the others `columns`. */
export async function readRows(
  connection: DuckDBConnection,
  sql: string,
  columns: Pick<DatasetColumn, 'type'>[],
): Promise<Omit<DatasetRows, 'total'>> {
  const rows = (await connection.runAndReadAll(sql)).getRows()
  return {
    ids: rows.map(([id]) => Number(id)),
    rows: rows.map(([, ...values]) => values.map((value, i) => jsonOf(value, columns[i]!.type))),
  }
}

/** A value of DuckDB as JSON carries it. */
export function jsonOf(value: DuckDBValue, type: ColumnType): DatasetValue {
  if (value === null || value === undefined) return null
  switch (type) {
    case 'boolean':
      return value as boolean
    case 'integer': {
      const number = Number(value)
      return Number.isSafeInteger(number) ? number : String(value)
    }
    case 'number':
      return Number.isFinite(value) ? (value as number) : String(value)
    case 'datetime':
      return `${String(value).replace(' ', 'T')}Z`
    case 'numbers':
      // JSON turns what is no number into null.
      return value instanceof DuckDBListValue ? (value.items as number[]) : null
    case 'text':
    case 'date':
      return String(value)
  }
}
