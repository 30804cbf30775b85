import { number } from './condition'

/**
 * The index of the bar that `value` falls into, as SQL: each holds its lower edge, the last both. Guessed by arithmetic, then
 * corrected by the edges themselves, so that a bar counts exactly what a filter by its edges finds.
 */
export function bucket(value: string, edges: readonly number[]): string {
  const bars = edges.length - 1
  const { guess, lower } = gridOf(value, edges)
  const within = `greatest(0, least(${bars - 1}, ${guess}))`
  const up = `(${within} < ${bars - 1} AND ${value} >= ${lower(`(${within} + 1)`)})`
  return `(${within} + ${up}::INT - (${value} < ${lower(within)})::INT)::INT`
}

/** About that index, which is wrong for values that lie on an edge but for a rounding: quicker by far. */
export const roughBucket = (value: string, edges: readonly number[]) => gridOf(value, edges).guess

type Grid = {
  /** SQL of about the index of the bar. */
  guess: string
  /** SQL of exactly the lower edge of the bar of an index. */
  lower: (index: string) => string
}

/** Edges that are multiples of a number are computed in SQL as they were here; looking them up takes three times as long. */
function gridOf(value: string, edges: readonly number[]): Grid {
  const bars = edges.length - 1
  const [start, end] = [edges[0]!, edges[bars]!]
  const step = (end - start) / bars
  const inverse = Math.round(1 / step)
  const first = Math.round(start * inverse)
  if (inverse >= 1 && edges.every((edge, i) => edge === (first + i) / inverse))
    return {
      guess: `floor(${value} * ${number(inverse)}) - ${number(first)}`,
      lower: (index) => `(${number(first)} + ${index}) / ${number(inverse)}`,
    }
  const multiple = Math.round(start / step)
  if (edges.every((edge, i) => edge === (multiple + i) * step))
    return {
      guess: `floor(${value} / ${number(step)}) - ${number(multiple)}`,
      lower: (index) => `(${number(multiple)} + ${index}) * ${number(step)}`,
    }
  const list = `[${edges.map(number).join(', ')}]`
  return {
    // By halves: the distance of the largest doubles fits none.
    guess: `floor((${value} / 2 - ${number(start / 2)}) * ${number(bars / (end / 2 - start / 2))})`,
    lower: (index) => `${list}[${index}::INT + 1]`,
  }
}
