import { edgesOf } from '../../../lib/datasets/explore/bins'
import type { Filter } from '../../../lib/datasets/explore/filter'
import {
  type AttributeAnswer,
  countedSample,
  exactRows,
  mostBars,
  type Statistics,
} from '../../../lib/datasets/explore/question'
import type { DatasetColumn } from '../../../lib/protocol/dataset'
import { quoted } from '../duck'
import { conditionOf, number } from './condition'
import { extentOf } from './extent'
import { countBars } from './histogram'
import { sampled } from './sample'
import { columnOf, type Source } from './source'
import { category, edgeKind, finite, isMeasured, measure } from './values'

/** Values longer than this are counted, and have no bar. */
const longestBar = 300

/** One column: how its values are spread, what is missing, what lies far out. */
export async function answerAttribute(
  source: Source,
  { column: name }: { column: string },
  filters: readonly Filter[],
): Promise<AttributeAnswer> {
  const column = columnOf(source, name)
  const where = conditionOf(source, filters)
  if (column.type === 'numbers') return ofLists(source, column, where)
  return isMeasured(column) ? ofMeasured(source, column, where) : ofCategories(source, column, where)
}

async function ofLists(source: Source, { name }: DatasetColumn, where: string): Promise<AttributeAnswer> {
  const [row] = await source.rows(
    `SELECT count(*)::DOUBLE, count(*) FILTER (${where})::DOUBLE, ` +
      `count(*) FILTER (${quoted(name)} IS NULL AND ${where})::DOUBLE FROM ${source.from}`,
  )
  const [all, rows, missing] = row as number[]
  return { ...nothing, all: all!, rows: rows!, missing: missing! }
}

const nothing = {
  nan: 0,
  infinite: 0,
  distinct: 0,
  about: false,
  statistics: null,
  sample: null,
  drawn: { kind: 'nothing' },
} as const

async function ofMeasured(source: Source, column: DatasetColumn, where: string): Promise<AttributeAnswer> {
  const extent = await extentOf(source, column, 'true')
  // Without a finite value there are no bars: one that holds nothing counts what there is else.
  const edges = extent ? edgesOf(...extent, edgeKind(column)) : [0, 1]
  const { present, bars, counts, ...known } = await countBars(source, column, edges, where)
  if (!extent) return { ...nothing, ...known }
  const drawn = { kind: 'histogram' as const, edges, all: bars, counts }
  if (present === 0) return { ...nothing, ...known, drawn }
  const { sample, distinct, about, ...statistics } = await spread(source, column, where, present)
  return { ...nothing, ...known, distinct, about, statistics, sample, drawn }
}

/** Range, mean, deviation, quartiles and outliers of the rows that are left. */
async function spread(source: Source, column: DatasetColumn, where: string, present: number) {
  const value = measure(column)
  const [min, max] = (await extentOf(source, column, where))!
  const isSample = present > exactRows
  const rows = `FROM (SELECT ${value} AS v FROM ${source.from} WHERE ${where}`
  const part = isSample ? ` AND ${sampled(present, countedSample)}` : ''
  const largest = Math.max(-min, max)
  // Squares of such numbers would not fit a double.
  const scale = number(largest > 1e100 ? largest : 1)
  const [row] = await source.rows(
    `SELECT avg(v / ${scale}) * ${scale}, stddev_samp(v / ${scale}) * ${scale}, ` +
      `quantile_cont(v, [0.25, 0.5, 0.75]), count(v)::DOUBLE, ` +
      `${isSample ? '0' : 'count(DISTINCT v)'}::DOUBLE ${rows}${part})`,
  )
  const [mean, deviation, quartiles, counted, exactly] = row as [
    number,
    number | null,
    [number, number, number],
    number,
    number,
  ]
  const reach = 1.5 * (quartiles[2] - quartiles[0])
  const low = quartiles[0] - reach
  const high = quartiles[2] + reach
  const [outside] = await source.rows(
    `SELECT count(*) FILTER (v < ${number(low)})::DOUBLE, count(*) FILTER (v > ${number(high)})::DOUBLE, ` +
      `${isSample ? 'approx_count_distinct(v)' : '0'}::DOUBLE ${rows})`,
  )
  const [below, above, about] = outside as [number, number, number]
  const statistics: Statistics = {
    min,
    max,
    mean,
    deviation: finite(deviation),
    quartiles,
    outliers: { below, above, low, high },
  }
  return {
    ...statistics,
    distinct: isSample ? about : exactly,
    about: isSample,
    sample: isSample ? counted : null,
  }
}

async function ofCategories(source: Source, column: DatasetColumn, where: string): Promise<AttributeAnswer> {
  const found = await source.rows(
    `WITH groups AS MATERIALIZED (SELECT ${category(column)} AS value, count(*) AS n, ` +
      `count(*) FILTER (${where}) AS k FROM ${source.from} GROUP BY 1), ` +
      `bars AS (SELECT value, n, k FROM groups WHERE value IS NOT NULL AND length(value) <= ${longestBar} ` +
      `ORDER BY n DESC, value LIMIT ${mostBars}) ` +
      `SELECT 'all' AS what, NULL AS value, coalesce(sum(n), 0)::DOUBLE AS n, coalesce(sum(k), 0)::DOUBLE AS k, ` +
      `count(value)::DOUBLE AS groups, count(value) FILTER (k > 0)::DOUBLE AS present, max(n)::DOUBLE AS most FROM groups ` +
      `UNION ALL SELECT 'missing', NULL, n::DOUBLE, k::DOUBLE, 0, 0, 0 FROM groups WHERE value IS NULL ` +
      `UNION ALL SELECT 'bar', value, n::DOUBLE, k::DOUBLE, 0, 0, 0 FROM bars`,
  )
  type Line = [string, string | null, number, number, number, number, number]
  const lines = found as Line[]
  const [, , all, rows, groups, distinct] = lines.find(([what]) => what === 'all')!
  const [, , allMissing = 0, missing = 0] = lines.find(([what]) => what === 'missing') ?? []
  const bars = lines
    .filter(([what]) => what === 'bar')
    .map(([, value, all, count]) => ({ value: value!, all, count }))
    .sort((a, b) => b.all - a.all || (a.value < b.value ? -1 : 1))
  const sum = (of: 'all' | 'count') => bars.reduce((total, bar) => total + bar[of], 0)
  const others = groups - bars.length
  const isUnique = groups > mostBars && groups === all - allMissing
  return {
    ...nothing,
    all,
    rows,
    missing,
    distinct,
    drawn:
      groups === 0 || isUnique
        ? { kind: 'nothing' }
        : {
            kind: 'bars',
            bars,
            others:
              others > 0
                ? { values: others, all: all - allMissing - sum('all'), count: rows - missing - sum('count') }
                : null,
          },
  }
}
