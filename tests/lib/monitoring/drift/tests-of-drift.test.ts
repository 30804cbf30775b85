import { expect, test } from 'vitest'
import { chiSquared, gammaQ } from '../../../../lib/monitoring/drift/chi-squared'
import { compareWith } from '../../../../lib/monitoring/drift/compare'
import { holm } from '../../../../lib/monitoring/drift/holm'
import { kolmogorov, ksStatistic } from '../../../../lib/monitoring/drift/kolmogorov-smirnov'
import { binned, stabilityIndex } from '../../../../lib/monitoring/drift/stability-index'
import { referenceOf } from '../../../../lib/protocol/reference'
import type { RecordSchema } from '../../../../lib/protocol/schema'

/** Literal figures are those of SciPy 1.17.1: special.kolmogorov, stats.ks_2samp, special.gammaincc, stats.chi2_contingency. */

test.each([
  [0.3, 0.9999906941986655],
  [0.5, 0.9639452436648751],
  [0.8276, 0.49995841656354456],
  [1.36, 0.049485876755377876],
  [2, 0.0006709252557796953],
  [3, 3.045995948942526e-8],
])('Kolmogorov’s distribution has above %f as much as SciPy says', (x, p) =>
  expect(Math.abs(kolmogorov(x) / p - 1)).toBeLessThan(1e-12),
)

test('the distance of two samples with ties is SciPy’s', () => {
  const a = [0.1, 0.5, 1.2, 2.2, 2.2, 3.4, 4.1, 5.6]
  const b = [2.2, 2.5, 3.3, 5.5, 6.1, 7.0]
  expect(ksStatistic(a, b)).toBeCloseTo(0.4583333333333333, 14)
})

test.each([
  [0.5, 0.1, 0.6547208460185768],
  [0.5, 3.841458820694124 / 2, 0.05],
  [2.5, 4, 0.1562356275777222],
  [10, 3, 0.9988975118698845],
  [10, 30, 7.121750862815593e-6],
  [50, 40, 0.9296649333406051],
  [50, 70, 0.0051405024585059085],
])('Q(%f, %f) is SciPy’s', (a, x, q) => expect(Math.abs(gammaQ(a, x) / q - 1)).toBeLessThan(1e-11))

test.each<[[number, number][], { statistic: number; degrees: number; p: number }]>([
  [
    [
      [30, 45],
      [20, 25],
      [50, 30],
    ],
    { statistic: 8.555555555555555, degrees: 2, p: 0.013873457762527509 },
  ],
  [
    [
      [120, 200],
      [80, 150],
      [40, 90],
      [60, 160],
    ],
    { statistic: 6.738370325326847, degrees: 3, p: 0.08072121329894182 },
  ],
])('Pearson’s test of %j is SciPy’s', (pairs, { statistic, degrees, p }) =>
  expect(chiSquared(pairs)).toEqual({
    statistic: expect.closeTo(statistic, 10),
    degrees,
    p: expect.closeTo(p, 10),
  }),
)

test('rare categories are taken together', () => {
  const rare: [number, number][] = [
    [1, 0],
    [0, 1],
    [2, 2],
    [1, 3],
  ]
  expect(chiSquared([[100, 100], [80, 80], ...rare])).toEqual(
    chiSquared([
      [100, 100],
      [80, 80],
      [4, 6],
    ]),
  )
  expect(
    chiSquared([
      [100, 100],
      [1, 0],
    ]),
  ).toEqual({ statistic: 0, degrees: 0, p: 1 })
})

test('Holm’s correction', () =>
  expect(holm([0.01, 0.04, 0.03, 0.005, 0.2]).map((p) => Number(p.toFixed(12)))).toEqual([
    0.04, 0.09, 0.09, 0.025, 0.2,
  ]))

test('bins are between the deciles of the reference, and an index of equal samples is 0', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => i)
  expect(binned(hundred, [-5, 9, 10, 99, 1000])).toEqual([
    [10, 2],
    [10, 1],
    [10, 0],
    [10, 0],
    [10, 0],
    [10, 0],
    [10, 0],
    [10, 0],
    [10, 0],
    [10, 2],
  ])
  // Most of it is one value: fewer bins.
  expect(binned([0, 0, 0, 0, 0, 0, 0, 0, 0, 7], [0, 1, 9])).toEqual([
    [9, 1],
    [1, 2],
  ])
  expect(stabilityIndex(binned(hundred, hundred))).toBe(0)
  // By hand: (2/3 - 1/3) ln 2 twice, without the half counts to six digits.
  expect(
    stabilityIndex([
      [1e8, 2e8],
      [2e8, 1e8],
    ]),
  ).toBeCloseTo(0.462098, 5)
})

/** Even random numbers, the same at every run (mulberry32). */
function random(seed: number) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

type Person = { age: number; gain: number; hours: number | null; job: string; town: string; married: boolean }
const schema: RecordSchema = {
  input: {
    type: 'object',
    fields: {
      age: { type: 'number' },
      gain: { type: 'number' },
      hours: { type: 'number', nullable: true },
      job: { type: 'string', categories: [] },
      town: { type: 'string', categories: [] },
      married: { type: 'boolean' },
    },
  },
  output: { type: 'object', fields: { probability: { type: 'number' } } },
}

function people(count: number, next: () => number, change: Partial<Record<string, number>> = {}): Person[] {
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  return Array.from({ length: count }, () => ({
    age: 38 + 13 * (normal() + (change.age ?? 0)),
    // As capital gains are: mostly none, else far apart.
    gain: next() < 0.92 ? 0 : Math.exp(8 + normal()),
    hours: next() < 0.05 + (change.missing ?? 0) ? null : 40 + 12 * normal(),
    job: ['Sales', 'Craft', 'Tech'][Math.floor(3 * next() ** (1 + (change.job ?? 0)))]!,
    // Many, the last of them rare.
    town: `town ${Math.floor(60 * next() ** 3)}`,
    married: next() < 0.47,
  }))
}
const predictions = (records: Person[]) =>
  records.map(({ age }) => ({ probability: 1 / (1 + Math.exp(-(age - 45) / 10)) }))
const trained = people(5000, random(1))
const reference = referenceOf(schema, trained, predictions(trained).slice(0, 1000))
const driftOf = (records: Person[]) =>
  compareWith(reference, referenceOf(schema, records, predictions(records)))
    .filter(({ drifted }) => drifted)
    .map(({ side, path }) => `${side} ${path}`)

test('in 100 trials no resample of the reference is drift', () => {
  const next = random(2)
  const alarms = Array.from({ length: 100 }, () =>
    driftOf(Array.from({ length: 1000 }, () => trained[Math.floor(next() * trained.length)]!)),
  )
  expect(alarms.filter((found) => found.length > 0)).toEqual([])
})

test('in 100 trials a shift of half a standard deviation is drift within 1,000 requests, and nothing else is', () => {
  const next = random(3)
  const alarms = Array.from({ length: 100 }, () => driftOf(people(1000, next, { age: 0.5 })).sort())
  expect([...new Set(alarms.map(String))]).toEqual(['input age,output probability'])
})

test('another mix of categories, and values that are missing, are drift', () => {
  expect(driftOf(people(1000, random(4), { job: 1 }))).toEqual(['input job'])
  expect(driftOf(people(1000, random(5), { missing: 0.2 }))).toEqual(['input hours'])
})

test('categories that the reference does not know are drift', () => {
  const strangers = people(1000, random(6)).map((person, i) => ({
    ...person,
    job: i % 4 === 0 ? 'Pilot' : person.job,
  }))
  expect(driftOf(strangers)).toEqual(['input job'])
})
