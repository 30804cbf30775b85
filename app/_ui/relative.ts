const steps = [
  { unit: 'year', seconds: 31_557_600 },
  { unit: 'month', seconds: 2_629_800 },
  { unit: 'week', seconds: 604_800 },
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3600 },
  { unit: 'minute', seconds: 60 },
] as const

const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

/** `40 seconds ago`, `2 hours ago`, `yesterday`, `now`. Both in milliseconds since 1970; a time ahead by clock skew counts as now. */
export function relativeTime(at: number, now: number): string {
  const seconds = Math.max(0, (now - at) / 1000)
  const step = steps.find((step) => seconds >= step.seconds)
  if (!step) return seconds < 10 ? 'now' : format.format(-Math.floor(seconds), 'second')
  return format.format(-Math.floor(seconds / step.seconds), step.unit)
}
