import { expect, test } from 'vitest'
import { bucketOf, type Counts, count, merge, quantiles, total } from '../../../lib/monitoring/histogram'

const histogram = (values: number[]) => {
  const counts: Counts = {}
  for (const value of values) count(counts, bucketOf(value))
  return counts
}
/** Latencies like those of a service: log-normal, the same at every run. */
const latencies = (n: number, shift: number) =>
  Array.from({ length: n }, (_, i) => Math.exp(shift + 2 * Math.sin(i * 12.9898) * Math.cos(i * 78.233)))
const exact = (values: number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.max(1, Math.ceil(share * values.length)) - 1]!

test('quantiles of merged minutes are within 1 % of those of all values together', () => {
  const minutes = [latencies(1000, 0), latencies(10, 3), latencies(5000, 1)]
  const day: Counts = {}
  for (const minute of minutes) merge(day, histogram(minute))
  const all = minutes.flat()
  const shares = [0, 0.5, 0.95, 0.99, 1]
  const found = quantiles(day, shares)
  const errors = shares.map((share, i) => Math.abs(found[i]! / exact(all, share) - 1))
  expect(Math.max(...errors)).toBeLessThanOrEqual(0.0100001)
  expect(total(day)).toBe(6010)
})

test('a histogram without values has no quantiles', () =>
  expect(quantiles({}, [0.5, 0.99])).toEqual([null, null]))

test('values that are not above 0 lie in the lowest bucket', () => {
  expect([bucketOf(0), bucketOf(-1), bucketOf(0.001)]).toEqual([-345, -345, -345])
  expect(quantiles(histogram([0]), [0.5])[0]).toBeCloseTo(0.001, 5)
})
