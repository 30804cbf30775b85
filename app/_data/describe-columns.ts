import type { DuckDBConnection } from '@duckdb/node-api'
import type { ColumnType, DatasetColumn } from '../../lib/protocol/dataset'
import { Refused } from '../../lib/refused'
import { literal, quoted, readAll } from './duck'
import { parts } from './parts'

/** A text column with at most so many values, each of them twice on average, has categories. */
export const maxCategories = 50
/** Figures in one query: the estimates of a thousand columns are more than memory holds. */
const atOnce = 400

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
      type === 'numbers' ? `max(len(${at}))` : '0',
    ]
  })
  const [all] = await readAll(connection, `SELECT count(*) ${from}`)
  const rows = Number(all![0])
  const counts: number[] = []
  for (const some of parts(measures, atOnce)) {
    const [row] = await readAll(connection, `SELECT ${some.join(', ')} ${from}`)
    counts.push(...row!.map(Number))
  }
  const described: DatasetColumn[] = []
  for (const [i, { name, type }] of columns.entries()) {
    const [values = 0, distinct = 0, length = 0, longest = 0] = counts.slice(4 * i)
    const column: DatasetColumn = { name, type, nullable: values < rows }
    if (length !== longest) {
      throw new Refused(
        422,
        'uneven',
        `the lists of a column of numbers need one length; those of ${name} have ${length} to ${longest}`,
      )
    }
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
