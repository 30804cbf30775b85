import type { MetricSummary } from '../protocol/runs'
import type { TrackedNumber, TrackedPoint } from '../protocol/tracking'

/** How a metric stands after more of its points; those that it has already change nothing. */
export function summarize(before: MetricSummary | undefined, points: readonly TrackedPoint[]): MetricSummary {
  let summary = before
  for (const [index, step, value] of points) {
    if (summary && index < summary.count) continue
    summary = {
      last: value,
      step,
      min: extreme(Math.min, summary?.min, value),
      max: extreme(Math.max, summary?.max, value),
      count: index + 1,
    }
  }
  return summary ?? { last: 'NaN', step: 0, min: 'NaN', max: 'NaN', count: 0 }
}

/** NaN says nothing of how small or large a metric was. */
function extreme(
  choose: (a: number, b: number) => number,
  known: TrackedNumber | undefined,
  value: TrackedNumber,
): TrackedNumber {
  if (known === undefined || known === 'NaN') return value
  if (value === 'NaN') return known
  const chosen = choose(Number(known), Number(value))
  return Number.isFinite(chosen) ? chosen : (String(chosen) as TrackedNumber)
}
