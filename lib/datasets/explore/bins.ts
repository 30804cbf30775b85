import { tickStep } from 'd3-array'
import { utcTickInterval } from 'd3-time'

/** Bars of a histogram. */
const about = 24
/** So many whole numbers or fewer have a bar each. */
const mostWhole = 32

/** A histogram over numbers from `min` to `max`: its edges, ascending; each bar holds its lower one, the last both. */
export function edgesOf(
  min: number,
  max: number,
  kind: 'number' | 'integer' | 'time',
  bars = about,
): number[] {
  if (kind === 'time') return timeEdges(min, max, bars)
  // A bar per whole number stands around it.
  if (kind === 'integer' && max - min < mostWhole)
    return Array.from({ length: max - min + 2 }, (_, i) => min - 0.5 + i)
  if (min === max) return around(min)
  // Their distance fits no double.
  if (max - min === Number.POSITIVE_INFINITY) return [min, 0, max]
  const step = tickStep(min, max, bars)
  // A range so narrow that doubles have no steps in it.
  if (!(step > 0) || min + step === min || max + step === max) return [min, max]
  const whole = kind === 'integer' ? Math.max(1, step) : step
  const first = Math.floor(min / whole)
  const last = Math.max(first + 1, Math.ceil(max / whole))
  // Multiplied, not added up: errors would grow. Divided where the step is a fraction: 3 × 0.1 is not 0.3.
  const inverse = Math.round(1 / whole)
  const at = (i: number) => (whole < 1 && Math.abs(inverse * whole - 1) < 1e-9 ? i / inverse : i * whole)
  return Array.from({ length: last - first + 1 }, (_, i) => at(first + i))
}

function around(value: number): number[] {
  const half = Math.max(Math.abs(value) * 1e-3, 0.5)
  return [value - half, value + half]
}

function timeEdges(min: number, max: number, bars: number): number[] {
  const interval = utcTickInterval(new Date(min), new Date(max), bars)
  const day = 86_400_000
  if (min === max || !interval) return [min, max === min ? min + day : max]
  const first = interval.floor(new Date(min))
  const stop = interval.offset(interval.floor(new Date(max)), 1)
  const inner = interval.range(first, stop).map(Number)
  return [...inner, Number(stop)]
}
