import { expect, test } from 'vitest'
import { agrees } from '../../../lib/serving/agrees'

test.each<[unknown, unknown, boolean]>([
  ['>50K', ['>50K'], true],
  [{ label: '>50K' }, [{ label: '>50K', probability: 0.7 }], true],
  [{ label: '<=50K' }, [{ label: '>50K', probability: 0.7 }], false],
  [{ other: 1 }, [{ label: '>50K' }], false],
  [3, [3.0000001], true],
  [3, [3.1], false],
  [[1, 2], [[1, 2]], true],
  [['a', 'b'], ['a', 'b'], true],
  [['a', 'c'], ['a', 'b'], false],
  [['a'], ['a', 'b'], false],
  [null, [null], true],
])('the truth %j of the predictions %j: %s', (truth, predictions, right) => {
  expect(agrees(truth, predictions)).toBe(right)
})
