import { expect, test } from 'vitest'
import { measureDifference } from '../../../lib/registry/difference'

test.each([
  ['equal numbers', [1, 2.5], [1, 2.5], { records: 2, differing: 0, maxDifference: 0 }],
  ['numbers within 1e-6', [1], [1 + 5e-7], { records: 1, differing: 0, maxDifference: 1 + 5e-7 - 1 }],
  [
    'large numbers within 1e-6 of their size',
    [1e9],
    [1e9 + 100],
    { records: 1, differing: 0, maxDifference: 100 },
  ],
  ['one that is off', [1, 2, 3], [1, 2.5, 3], { records: 3, differing: 1, maxDifference: 0.5 }],
  [
    'the largest difference, wherever it stands',
    [{ p: [0.1, 0.9] }, { p: [0, 1] }],
    [{ p: [0.35, 0.65] }, { p: [0.5, 0.5] }],
    { records: 2, differing: 2, maxDifference: 0.5 },
  ],
  ['labels', ['cat', 'dog'], ['cat', 'cat'], { records: 2, differing: 1, maxDifference: null }],
  ['NaN beside NaN', [Number.NaN], [Number.NaN], { records: 1, differing: 0, maxDifference: 0 }],
  ['NaN beside a number', [Number.NaN], [1], { records: 1, differing: 1, maxDifference: null }],
  ['a field that one has not', [{ a: 1 }], [{ a: 1, b: 2 }], { records: 1, differing: 1, maxDifference: 0 }],
  ['another length', [[1, 2]], [[1]], { records: 1, differing: 1, maxDifference: 0 }],
  ['another kind', [1], ['1'], { records: 1, differing: 1, maxDifference: null }],
])('predictions are measured: %s', (_, before, after, expected) => {
  expect(measureDifference(before, after)).toEqual(expected)
})
