import type { DatasetColumn } from '../../../lib/protocol/dataset'
import { quoted } from '../duck'
import { bucket, roughBucket } from './bucket'
import type { Source } from './source'
import { measure } from './values'

type Counts = {
  all: number
  /** Of those that the filters leave, as all that follows but `bars`. */
  rows: number
  missing: number
  nan: number
  infinite: number
  /** Rows with a finite value. */
  present: number
  /** All rows by bar. */
  bars: number[]
  counts: number[]
}
type Line = [bar: number, all: number, left: number, min: number | null, max: number | null]

/** A column's rows by bar, and those without one. */
export async function countBars(
  source: Source,
  column: DatasetColumn,
  edges: readonly number[],
  where: string,
): Promise<Counts> {
  const rough = await lines(source, column, roughBucket('v', edges), where)
  // What arithmetic put right needs no look at each value; decimals on an edge need it.
  const isRight = rough.every(([bar, , , min, max]) => bar < 0 || fits(bar, min!, max!, edges))
  const found = isRight ? rough : await lines(source, column, bucket('v', edges), where)
  const counts: Counts = {
    all: 0,
    rows: 0,
    missing: 0,
    nan: 0,
    infinite: 0,
    present: 0,
    bars: new Array(edges.length - 1).fill(0),
    counts: new Array(edges.length - 1).fill(0),
  }
  for (const [bar, all, left] of found) {
    counts.all += all
    counts.rows += left
    if (bar < 0) counts[without[bar]!] += left
    else {
      // The last bar holds its upper edge, too.
      const at = Math.min(bar, edges.length - 2)
      counts.bars[at]! += all
      counts.counts[at]! += left
      counts.present += left
    }
  }
  return counts
}

/** Places of rows that have none. */
const without: Record<number, 'missing' | 'nan' | 'infinite'> = {
  [-1]: 'missing',
  [-2]: 'nan',
  [-3]: 'infinite',
}

const fits = (bar: number, min: number, max: number, edges: readonly number[]) =>
  bar === edges.length - 1
    ? min === max && max === edges[bar]
    : min >= edges[bar]! && max < (edges[bar + 1] ?? Number.NaN)

/** Rows by what `place` says of `v`, with the range of their values. */
async function lines(source: Source, column: DatasetColumn, place: string, where: string): Promise<Line[]> {
  const name = quoted(column.name)
  const what = `CASE WHEN ${name} IS NULL THEN -1 ${column.type === 'number' ? `WHEN isnan(${name}) THEN -2 ` : ''}ELSE -3 END`
  const value = measure(column)
  const isWhole = where === 'true'
  const bar = `CASE WHEN v IS NULL THEN what ELSE (${place})::INT END AS bar`
  if (column.type === 'date') {
    // Days are few: each is placed once.
    const found = await source.rows(
      `SELECT ${bar}, sum(n)::DOUBLE, sum(k)::DOUBLE, min(v), max(v) FROM (SELECT ${value} AS v, n, k, ${what} AS what ` +
        `FROM (SELECT ${name}, count(*) AS n, count(*) FILTER (${where}) AS k FROM ${source.from} GROUP BY 1)) GROUP BY bar`,
    )
    return found as Line[]
  }
  const found = await source.rows(
    `SELECT ${bar}, count(*)::DOUBLE, ${isWhole ? 'count(*)' : 'count(*) FILTER (w)'}::DOUBLE, min(v), max(v) ` +
      `FROM (SELECT ${value} AS v, ${where} AS w, ${what} AS what FROM ${source.from}) GROUP BY bar`,
  )
  return found as Line[]
}
