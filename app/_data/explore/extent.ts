import type { DatasetColumn } from '../../../lib/protocol/dataset'
import { quoted } from '../duck'
import type { Source } from './source'
import { finite, measure } from './values'

/** The least and the greatest finite value of a measured column; undefined where it has none. */
export async function extentOf(
  { rows, from }: Source,
  column: DatasetColumn,
  where: string,
): Promise<[min: number, max: number] | undefined> {
  const value = measure(column)
  if (where === 'true') {
    // Of all rows DuckDB knows them without reading any, unless there is a NaN or an infinity.
    const name = quoted(column.name)
    const ends = { ...column, name: 'least' }
    const [row] = await rows(
      `SELECT ${measure(ends)}, ${measure({ ...ends, name: 'most' })}, least IS NULL ` +
        `FROM (SELECT min(${name}) AS least, max(${name}) AS most FROM ${from})`,
    )
    const [min, max] = [finite(row![0]), finite(row![1])]
    if (min !== null && max !== null) return [min, max]
    if (row![2]) return undefined
  }
  const [row] = await rows(`SELECT min(v), max(v) FROM (SELECT ${value} AS v FROM ${from} WHERE ${where})`)
  const [min, max] = [finite(row![0]), finite(row![1])]
  return min === null || max === null ? undefined : [min, max]
}
