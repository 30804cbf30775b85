import type { JobSummary } from '../../../../../lib/protocol/prediction-jobs'
import { formatCount } from '../../../../_ui/units'

/** `, 12,000 rows/s, about 40 s left`; nothing before it can be said. `now`: milliseconds since 1970. */
export function describeRate({ rows, started_at }: JobSummary, now: number): string {
  if (started_at === null || rows.total === null || rows.done === 0) return ''
  const seconds = (now - Date.parse(started_at)) / 1000
  if (seconds < 1) return ''
  const rate = rows.done / seconds
  const left = (rows.total - rows.done) / rate
  return `, ${formatCount(rate)} rows/s, ${describeSeconds(left)} left`
}

/** `about 40 s`, `about 3 min`, `about 2 h`. */
export function describeSeconds(seconds: number): string {
  if (seconds < 60) return `about ${Math.max(1, Math.round(seconds))} s`
  if (seconds < 5400) return `about ${Math.round(seconds / 60)} min`
  return `about ${Math.round(seconds / 3600)} h`
}
