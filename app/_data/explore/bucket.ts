import { number } from './condition'

/**
 * The index of the bar that `value` falls into, as SQL: each holds its lower edge, the last both. Guessed by division, then
 * corrected by the edges themselves, so that a bar counts exactly what a filter by its edges finds.
 */
export function bucket(value: string, edges: readonly number[]): string {
  const bars = edges.length - 1
  const first = edges[0]!
  const last = edges[bars]!
  const list = `[${edges.map(number).join(', ')}]`
  const guess = `greatest(0, least(${bars - 1}, floor((${value} - ${number(first)}) * ${number(bars / (last - first))})))::INT`
  return (
    `(${guess} + CASE WHEN ${value} < ${list}[${guess} + 1] THEN -1 ` +
    `WHEN ${guess} < ${bars - 1} AND ${value} >= ${list}[${guess} + 2] THEN 1 ELSE 0 END)`
  )
}
