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
import { conditionOf, isOneOf } from './condition'
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
  const found = await source.rows(
    `WITH placed AS (SELECT g, v, s FROM (${values}) WHERE v IS NOT NULL AND (${isOneOf('g', names)})), ` +
      `quartiles AS (SELECT g, quantile_cont(v, [0.25, 0.5, 0.75]) AS q FROM placed WHERE s GROUP BY g), ` +
      `fences AS (SELECT g, q, q[1] - 1.5 * (q[3] - q[1]) AS low, q[3] + 1.5 * (q[3] - q[1]) AS high FROM quartiles) ` +
      `SELECT f.g, count(*)::DOUBLE, any_value(q), min(v) FILTER (v >= low), max(v) FILTER (v <= high), ` +
      `count(*) FILTER (v < low OR v > high)::DOUBLE, ` +
      `max_by(v, abs(v - q[2]), ${drawnOutliers}) FILTER (v < low OR v > high) ` +
      `FROM placed JOIN fences AS f ON placed.g IS NOT DISTINCT FROM f.g GROUP BY f.g`,
  )
  const boxes = found.map(([name, count, quartiles, least, most, outliers, drawn]) => ({
    group: name as Category,
    count: count as number,
    quartiles: quartiles as Box['quartiles'],
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
