import type { Category, Filter } from '../../../lib/datasets/explore/filter'
import {
  type Box,
  type BoxesAnswer,
  countedSample,
  drawnOutliers,
  exactRows,
  mostBoxes,
} from '../../../lib/datasets/explore/question'
import { naturally } from './axis'
import { conditionOf, isOneOf, number } from './condition'
import { sampled } from './sample'
import { columnOf, type Source } from './source'
import { category, measure } from './values'

/** A column of numbers by group: quartiles, whiskers and outliers (Tukey's rule). */
export async function answerBoxes(
  source: Source,
  { value, group }: { value: string; group: string | null },
  filters: readonly Filter[],
): Promise<BoxesAnswer> {
  const where = conditionOf(source, filters)
  const v = measure(columnOf(source, value))
  const g = group === null ? `'all'` : category(columnOf(source, group))
  const [[total], groups] = [
    await source.rows(
      `SELECT count(*)::DOUBLE, count(*) FILTER (w)::DOUBLE, count(v) FILTER (w)::DOUBLE ` +
        `FROM (SELECT ${v} AS v, ${where} AS w FROM ${source.from})`,
    ),
    await source.rows(
      `SELECT g, n::DOUBLE, count(*) OVER ()::DOUBLE FROM (SELECT ${g} AS g, count(${v}) AS n FROM ${source.from} ` +
        `WHERE ${where} GROUP BY 1) WHERE n > 0 ORDER BY n DESC, g LIMIT ${mostBoxes}`,
    ),
  ]
  const [all, rows, present] = total as [number, number, number]
  const known = { all, rows, left: rows - present, others: null, sample: null }
  if (groups.length === 0) return { ...known, boxes: [] }
  const names = groups.map(([name]) => name as Category)
  const shown = groups.reduce((sum, [, count]) => sum + (count as number), 0)
  const isSample = present > exactRows
  const values = `SELECT ${g} AS g, ${v} AS v, ${isSample ? sampled(present, countedSample) : 'true'} AS s FROM ${source.from} WHERE ${where}`
  const placed = `FROM (${values}) WHERE v IS NOT NULL AND (${isOneOf('g', names)})`
  const quartilesOf = new Map(
    (await source.rows(`SELECT g, quantile_cont(v, [0.25, 0.5, 0.75]) ${placed} AND s GROUP BY g`)) as [
      Category,
      Box['quartiles'],
    ][],
  )
  // Fences by value rather than by a join: lists of quartiles beside each row would fill the memory.
  const of = (value: (quartiles: Box['quartiles']) => number) =>
    `CASE ${[...quartilesOf].map(([name, q]) => `WHEN ${isOneOf('g', [name])} THEN ${number(value(q))}`).join(' ')} END`
  const low = of(([q1, , q3]) => q1 - 1.5 * (q3 - q1))
  const high = of(([q1, , q3]) => q3 + 1.5 * (q3 - q1))
  const found = await source.rows(
    `SELECT g, count(*)::DOUBLE, min(v) FILTER (v >= low), max(v) FILTER (v <= high), ` +
      `count(*) FILTER (v < low OR v > high)::DOUBLE, ` +
      `max_by(v, greatest(low - v, v - high), ${drawnOutliers}) FILTER (v < low OR v > high) ` +
      `FROM (SELECT g, v, ${low} AS low, ${high} AS high ${placed}) WHERE low IS NOT NULL GROUP BY g`,
  )
  const boxes = found.map(([name, count, least, most, outliers, drawn]) => ({
    group: name as Category,
    count: count as number,
    quartiles: quartilesOf.get(name as Category)!,
    whiskers: [least, most] as Box['whiskers'],
    outliers: outliers as number,
    drawn: ((drawn as number[] | null) ?? []).sort((a, b) => a - b),
  }))
  const groupCount = Number(groups[0]![2])
  return {
    ...known,
    boxes: boxes.sort(({ group: a }, { group: b }) => (a === null ? 1 : b === null ? -1 : naturally(a, b))),
    others: groupCount > boxes.length ? { groups: groupCount - boxes.length, rows: present - shown } : null,
    sample: isSample ? countedSample : null,
  }
}
