import { expect, test } from 'vitest'
import { countAgreed } from '../../../lib/shadows/agreement'

test.each([
  ['the same words', ['cat', 'dog'], ['cat', 'cow'], 1],
  ['words, whatever their probabilities are', [{ label: 'cat', p: 0.9 }], [{ label: 'cat', p: 0.6 }], 1],
  [
    'the largest of several numbers',
    [
      [0.1, 0.9],
      [0.8, 0.2],
    ],
    [
      [0.4, 0.6],
      [0.3, 0.7],
    ],
    1,
  ],
  ['numbers to a millionth', [1, 1_000_000, 3], [1 + 1e-7, 1_000_000.5, 3.1], 2],
  ['yes and no', [true, false], [true, true], 1],
  ['fields in another order', [{ a: 1, b: 2 }], [{ b: 2, a: 1 }], 1],
  ['answers of another form', [{ price: 1 }], [1], 0],
  ['answers that one has not', [1, 2], [1], 1],
])('two versions decide alike: %s', (_, real, shadow, expected) => {
  expect(countAgreed(real, shadow)).toBe(expected)
})
