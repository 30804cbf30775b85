import { type ColourScale, mostCategories } from '../../../lib/datasets/explore/question'
import { literal } from '../duck'
import { columnOf, type Source } from './source'
import { category, finite, isMeasured, measure } from './values'

/**
 * What the colours of a figure stand for, with the colour of a row as SQL. Of all rows, whatever filters leave: a species
 * keeps its colour.
 */
export async function colourOf(
  source: Source,
  name: string | null,
): Promise<{ scale: ColourScale; colour: string }> {
  if (name === null) return { scale: { kind: 'none' }, colour: 'NULL::DOUBLE' }
  const column = columnOf(source, name)
  if (isMeasured(column)) {
    const value = measure(column)
    const [row] = await source.rows(
      `SELECT min(v), max(v), ${column.type === 'integer' ? 'approx_count_distinct(v)' : '99'}::DOUBLE ` +
        `FROM (SELECT ${value} AS v FROM ${source.from})`,
    )
    const [min, max, distinct] = [finite(row![0]) ?? 0, finite(row![1]) ?? 0, Number(row![2])]
    // A few whole numbers are names, as digits are.
    if (distinct > mostCategories) return { scale: { kind: 'numbers', min, max }, colour: value }
  }
  const value = category(column)
  const found = await source.rows(
    `SELECT value FROM (SELECT ${value} AS value, count(*) AS n FROM ${source.from} GROUP BY 1) ` +
      `ORDER BY n DESC, value LIMIT ${mostCategories + 1}`,
  )
  const all = found.map(([value]) => value as string | null)
  const values = all.slice(0, mostCategories)
  const texts = values.flatMap((each, i) =>
    each === null ? [] : [`WHEN ${value} = ${literal(each)} THEN ${i}`],
  )
  const missing = values.indexOf(null)
  const isMissing = missing === -1 ? [] : [`WHEN ${value} IS NULL THEN ${missing}`]
  const cases = [...texts, ...isMissing]
  return {
    scale: { kind: 'categories', values, others: all.length > values.length },
    colour: cases.length === 0 ? 'NULL::DOUBLE' : `CASE ${cases.join(' ')} ELSE ${values.length} END::DOUBLE`,
  }
}
