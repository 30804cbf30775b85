import { expect, test } from 'vitest'
import {
  areaUnderCurve,
  classMetrics,
  confusionOf,
  logLossOf,
  rocOf,
} from '../../../kernel/train/metrics/classes'
import { numberMetrics } from '../../../kernel/train/metrics/numbers'

/** Expected values were computed with scikit-learn 1.9.1. */
test('two classes', () => {
  const labels = Int32Array.of(0, 0, 1, 1, 0, 1)
  const scores = Float64Array.of(0.1, 0.4, 0.35, 0.8, 0.4, 0.9)
  const told = {
    labels,
    probabilities: Float64Array.from([...scores].flatMap((score) => [1 - score, score])),
    classes: 2,
  }
  expect(areaUnderCurve(labels, 1, scores)).toBeCloseTo(0.7777777777777778, 12)
  expect(logLossOf(told)).toBeCloseTo(0.4175563257767536, 12)
  expect(rocOf(told)[0]).toEqual([0, 0])
  expect(rocOf(told).at(-1)).toEqual([1, 1])
})

test('three classes', () => {
  const told = {
    labels: Int32Array.of(0, 1, 2, 2, 1),
    probabilities: Float64Array.of(
      0.7,
      0.2,
      0.1,
      0.1,
      0.6,
      0.3,
      0.2,
      0.5,
      0.3,
      0.1,
      0.1,
      0.8,
      0.4,
      0.35,
      0.25,
    ),
    classes: 3,
  }
  const found = Object.fromEntries(classMetrics(told).map(({ name, value }) => [name, value]))
  expect(found.accuracy).toBeCloseTo(0.6, 12)
  expect(found['log loss']).toBeCloseTo(0.6688878095687094, 12)
  expect(found.AUC).toBeCloseTo(0.9166666666666666, 12)
  expect(found['F1 (macro)']).toBeCloseTo(0.611111111111111, 12)
  expect(confusionOf(told)).toEqual([
    [1, 0, 0],
    [1, 1, 0],
    [0, 1, 1],
  ])
})

test('numbers', () => {
  const found = numberMetrics(Float64Array.of(3, -0.5, 2, 7), Float64Array.of(2.5, 0, 2, 8))
  expect(found.map(({ value }) => Number(value.toFixed(12)))).toEqual([0.612372435696, 0.5, 0.948608137045])
})
