import type { Filter } from '../../../lib/datasets/explore/filter'
import {
  type CorrelationAnswer,
  countedSample,
  exactRows,
  type Method,
  wholeRows,
} from '../../../lib/datasets/explore/question'
import { conditionOf, number } from './condition'
import { sampled } from './sample'
import { columnOf, type Source } from './source'
import { finite, measure } from './values'

/** How columns of numbers go together, two by two, over the rows that have both. */
export async function answerCorrelation(
  source: Source,
  { columns, method }: { columns: string[]; method: Method },
  filters: readonly Filter[],
): Promise<CorrelationAnswer> {
  const where = conditionOf(source, filters)
  const values = columns.map((name) => measure(columnOf(source, name)))
  const [row] = await source.rows(
    `SELECT count(*)::DOUBLE, count(*) FILTER (w)::DOUBLE, ` +
      `${values.map((_, i) => `max(abs(v${i})) FILTER (w), count(*) FILTER (w AND v${i} IS NULL)::DOUBLE`).join(', ')} ` +
      `FROM (SELECT ${where} AS w, ${values.map((value, i) => `${value} AS v${i}`).join(', ')} FROM ${source.from})`,
  )
  const [all, rows] = row as [number, number]
  const most = values.map((_, i) => finite(row![2 + 2 * i]) ?? 0)
  const isWhole = values.map((_, i) => row![3 + 2 * i] === 0)
  const [limit, size] = method === 'spearman' ? [wholeRows, wholeRows] : [exactRows, countedSample]
  const isSample = rows > limit
  const part = isSample ? ` AND ${sampled(rows, size)}` : ''
  // Divided by the largest: squares of large numbers would not fit a double, and the coefficient stays.
  const scaled = values.map((value, i) => (most[i]! > 0 ? `(${value}) / ${number(most[i]!)}` : value))
  const from = `(SELECT ${scaled.map((value, i) => `${value} AS v${i}`).join(', ')} FROM ${source.from} WHERE (${where})${part})`
  const pairs = columns.flatMap((_, i) => columns.slice(0, i).map((_, j) => [i, j] as const))
  const matrix = columns.map(() => columns.map((): number | null => null))
  const keep = (i: number, j: number, value: unknown) => {
    const coefficient = finite(value)
    matrix[i]![j] = matrix[j]![i] = coefficient === null ? null : Math.max(-1, Math.min(1, coefficient))
  }
  const together = method === 'pearson' ? pairs : pairs.filter(([i, j]) => isWhole[i] && isWhole[j])
  if (together.length > 0) {
    const used = method === 'pearson' ? from : ranks(from, [...new Set(together.flat())])
    const [found] = await source.rows(
      `SELECT ${together.map(([i, j]) => `corr(v${i}, v${j})`).join(', ')} FROM ${used}`,
    )
    for (const [at, [i, j]] of together.entries()) keep(i, j, found![at])
  }
  // Ranks among the rows that have both: a pair with missing values has its own.
  for (const [i, j] of pairs.filter((pair) => !together.includes(pair))) {
    const both = `(SELECT * FROM ${from} WHERE v${i} IS NOT NULL AND v${j} IS NOT NULL)`
    const [found] = await source.rows(`SELECT corr(v${i}, v${j}) FROM ${ranks(both, [i, j])}`)
    keep(i, j, found![0])
  }
  const constant = await constants(source, from, columns.length)
  for (let i = 0; i < columns.length; i++) {
    if (constant[i]) for (let j = 0; j < columns.length; j++) matrix[i]![j] = matrix[j]![i] = null
    else matrix[i]![i] = 1
  }
  const sample = isSample ? Number((await source.rows(`SELECT count(*)::DOUBLE FROM ${from}`))[0]![0]) : null
  return { all, rows, matrix, sample }
}

/** Ranks of these columns, equal values sharing the mean of theirs. */
function ranks(from: string, columns: number[]): string {
  const ranked = columns.map(
    (i) => `rank() OVER (ORDER BY v${i}) + (count(*) OVER (PARTITION BY v${i}) - 1) / 2.0 AS v${i}`,
  )
  return `(SELECT ${ranked.join(', ')} FROM ${from})`
}

/** Whether each column has at most one value: rounding may give such a one a coefficient. */
async function constants(source: Source, from: string, columns: number): Promise<boolean[]> {
  const [row] = await source.rows(
    `SELECT ${Array.from({ length: columns }, (_, i) => `min(v${i}) IS NOT DISTINCT FROM max(v${i})`).join(', ')} FROM ${from}`,
  )
  return row as boolean[]
}
