import { edgesOf } from '../../../lib/datasets/explore/bins'
import { type Axis, mostPlaces } from '../../../lib/datasets/explore/question'
import type { DatasetColumn } from '../../../lib/protocol/dataset'
import { literal } from '../duck'
import { extentOf } from './extent'
import type { Source } from './source'
import { category, edgeKind, isMeasured, measure } from './values'

/** An axis of a scatter with the place of a row on it, as SQL: a number, or the index of a category; null: none. */
export type PlacedAxis = { axis: Axis; place: string; edges(bars: number): number[] }

/** The axis of a column over the rows that are left. */
export async function axisOf(source: Source, column: DatasetColumn, where: string): Promise<PlacedAxis> {
  return isMeasured(column) ? measured(source, column, where) : categories(source, column, where)
}

async function measured(source: Source, column: DatasetColumn, where: string): Promise<PlacedAxis> {
  const place = measure(column)
  const [min, max] = (await extentOf(source, column, where)) ?? [0, 0]
  return {
    axis: { kind: edgeKind(column), min, max },
    place,
    edges: (bars) => edgesOf(min, max, edgeKind(column), bars),
  }
}

async function categories(source: Source, column: DatasetColumn, where: string): Promise<PlacedAxis> {
  const value = category(column)
  const found = await source.rows(
    `SELECT value FROM (SELECT ${value} AS value, count(*) AS n FROM ${source.from} WHERE ${where} GROUP BY 1) ` +
      `WHERE value IS NOT NULL AND length(value) <= 300 ORDER BY n DESC, value LIMIT ${mostPlaces}`,
  )
  const values = found.map(([value]) => value as string).sort(naturally)
  const cases = values.map((each, i) => `WHEN ${literal(each)} THEN ${i}::DOUBLE`)
  return {
    axis: { kind: 'categories', values },
    place: values.length === 0 ? 'NULL::DOUBLE' : `CASE ${value} ${cases.join(' ')} END`,
    edges: () => Array.from({ length: values.length + 1 }, (_, i) => i - 0.5),
  }
}

/** As people order names: `9` before `10`. */
export const naturally = new Intl.Collator('en', { numeric: true }).compare
