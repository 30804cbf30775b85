import type { Resolution } from './rollup'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Spans of time that figures are shown for: how long, in steps of what, read from which rollups; milliseconds. */
export const ranges = {
  '15m': { label: '15 min', spanMs: 15 * minute, stepMs: minute, resolution: 'minute', refreshMs: 5000 },
  '1h': { label: '1 hour', spanMs: hour, stepMs: minute, resolution: 'minute', refreshMs: 5000 },
  '6h': { label: '6 hours', spanMs: 6 * hour, stepMs: 5 * minute, resolution: 'minute', refreshMs: 15_000 },
  '24h': { label: '24 hours', spanMs: day, stepMs: 20 * minute, resolution: 'minute', refreshMs: 60_000 },
  '7d': { label: '7 days', spanMs: 7 * day, stepMs: 2 * hour, resolution: 'hour', refreshMs: 60_000 },
  '30d': { label: '30 days', spanMs: 30 * day, stepMs: 6 * hour, resolution: 'hour', refreshMs: 60_000 },
} as const satisfies Record<
  string,
  { label: string; spanMs: number; stepMs: number; resolution: Resolution; refreshMs: number }
>
export type Range = keyof typeof ranges

export const isRange = (name: unknown): name is Range =>
  typeof name === 'string' && Object.hasOwn(ranges, name)
