import type { DuckDBConnection } from '@duckdb/node-api'
import type { ColumnType, DatasetColumn } from '../../lib/protocol/dataset'
import { literal, quoted, readAll } from './duck'

/** A text column with at most so many values, each of them twice on average, has categories. */
const maxCategories = 50

type Named = { name: string; type: ColumnType }

/** What a file's columns hold: whether values are missing, which categories, which shape. */
export async function describeColumns(
  connection: DuckDBConnection,
  file: string,
  columns: Named[],
  shapes: Record<string, number[]>,
): Promise<{ columns: DatasetColumn[]; rows: number }> {
  const from = `FROM read_parquet(${literal(file)})`
  const measures = columns.flatMap(({ name, type }) => {
    const at = quoted(name)
    return [
      `count(${at})`,
      type === 'text' ? `approx_count_distinct(${at})` : '0',
      type === 'numbers' ? `min(len(${at}))` : '0',
    ]
  })
  const [all] = await readAll(connection, `SELECT count(*), ${measures.join(', ')} ${from}`)
  const [rows = 0, ...counts] = all!.map(Number)
  const described: DatasetColumn[] = []
  for (const [i, { name, type }] of columns.entries()) {
    const [values = 0, distinct = 0, length = 0] = counts.slice(3 * i)
    const column: DatasetColumn = { name, type, nullable: values < rows }
    if (type === 'numbers') column.shape = shapes[name] ?? [Math.max(length, 1)]
    // The estimate is off by a few per cent.
    if (type === 'text' && distinct <= maxCategories * 1.2) {
      const categories = await readAll(
        connection,
        `SELECT DISTINCT ${quoted(name)} AS value ${from} WHERE ${quoted(name)} IS NOT NULL ORDER BY value`,
      )
      if (categories.length > 0 && categories.length <= Math.min(maxCategories, values / 2))
        column.categories = categories.map(([value]) => String(value))
    }
    described.push(column)
  }
  return { columns: described, rows }
}
