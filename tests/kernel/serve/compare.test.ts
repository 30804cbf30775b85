import { expect, test } from 'vitest'
import { comparePredictions } from '../../../kernel/serve/compare'

const cases: [string, unknown, unknown, object][] = [
  ['equal values', [1, 'a', null, true], [1, 'a', null, true], { maxDifference: 0 }],
  ['NaN in both', [Number.NaN], [Number.NaN], { maxDifference: 0 }],
  ['a small absolute difference', [0.5], [0.5 + 2 ** -21], { maxDifference: 2 ** -21 }],
  ['a small relative difference', [2 ** 30], [2 ** 30 + 8], { maxDifference: 8 }],
  ['a large difference', [0.5], [0.6], { reason: 'predictions[0]: the cell gave 0.5, a fresh process 0.6' }],
  [
    'NaN for a number',
    [1],
    [Number.NaN],
    { reason: 'predictions[0]: the cell gave 1, a fresh process null' },
  ],
  [
    'another label',
    [{ label: '>50K', p: 0.7 }],
    [{ label: '<=50K', p: 0.7 }],
    { reason: 'predictions[0].label: the cell gave ">50K", a fresh process "<=50K"' },
  ],
  [
    'a field too few',
    [{ a: 1, b: 2 }],
    [{ a: 1 }],
    { reason: 'predictions[0].b: the cell gave 2, a fresh process nothing' },
  ],
  ['a prediction too few', [1, 2], [1], { reason: 'predictions: the cell gave 2 values, a fresh process 1' }],
  ['another type', [1], ['1'], { reason: 'predictions[0]: the cell gave 1, a fresh process "1"' }],
]
test.each(cases)('compares %s', (_title, expected, got, result) => {
  expect(comparePredictions(expected, got)).toEqual(result)
})
