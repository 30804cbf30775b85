import { describe, expect, test } from 'vitest'
import { wilson } from '../../../lib/abtests/interval'
import { blocksFor, createSequentialTest } from '../../../lib/abtests/sequential'

/** Repeatable numbers from 0 to 1 (mulberry32). */
function random(seed: number) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** One A/B test of `labels` labels, looked at every 50; the number of labels at the first look that finds a winner. */
function firstWin(seed: number, rates: { a: number; b: number }, labels: number, weightA = 0.5) {
  const next = random(seed)
  const test = createSequentialTest(blocksFor(weightA, 1 - weightA))
  for (let i = 1; i <= labels; i++) {
    const side = next() < weightA ? 'a' : 'b'
    test.add(side, next() < rates[side])
    if (i % 50 === 0 && test.p() <= 0.05) return i
  }
}
const wins = (runs: number, rates: { a: number; b: number }, labels: number, weightA?: number) =>
  Array.from({ length: runs }, (_, i) => firstWin(i + 1, rates, labels, weightA)).filter(Boolean).length

describe('looking at every 50 labels', () => {
  test.each([
    [0.5, 0.5],
    [0.85, 0.5],
    [0.98, 0.5],
    [0.7, 0.9],
  ])('of 1,000 A/A tests at accuracy %f, split %f, at most fifty declare a winner', (rate, weight) => {
    expect(wins(1000, { a: rate, b: rate }, 2000, weight)).toBeLessThanOrEqual(50)
  })

  test('a difference of ten points is found within 2,000 labels in at least nine of ten tests', () => {
    expect(wins(200, { a: 0.75, b: 0.85 }, 2000)).toBeGreaterThanOrEqual(180)
  })

  test('the sign does not matter, and the p-value never grows again', () => {
    const test = createSequentialTest()
    const seen: number[] = []
    for (let i = 0; i < 200; i++) {
      test.add('a', i < 100)
      test.add('b', i >= 100 || i % 2 === 0)
      seen.push(test.p())
    }
    expect(seen).toEqual([...seen].sort((x, y) => y - x))
    expect(seen.at(-1)).toBeLessThan(0.05)
  })
})

test('blocks follow the weights', () => {
  expect([blocksFor(0.5, 0.5), blocksFor(0.9, 0.1), blocksFor(0.25, 0.75)]).toEqual([
    { a: 1, b: 1 },
    { a: 9, b: 1 },
    { a: 1, b: 3 },
  ])
})

test('Wilson’s interval at known values', () => {
  const rounded = (successes: number, trials: number) =>
    Object.values(wilson(successes, trials)!).map((value) => Math.round(value * 10_000) / 10_000)
  expect(rounded(0, 10)).toEqual([0, 0, 0.2775])
  expect(rounded(5, 10)).toEqual([0.5, 0.2366, 0.7634])
  expect(rounded(850, 1000)).toEqual([0.85, 0.8265, 0.8708])
  expect(wilson(0, 0)).toBeUndefined()
})
