import { expect, test } from 'vitest'
import { metricGroups } from '../../../../../app/_ui/notebook/outputs/metric-groups'
import { niceTicks } from '../../../../../app/_ui/notebook/outputs/ticks'

test('a metric shares its chart with its validation, and loss comes first', () => {
  expect(metricGroups({ acc: [0.8], val_loss: [0.5], val_acc: [0.7], loss: [0.4], lr: [] })).toEqual([
    {
      name: 'loss',
      series: [
        { name: 'loss', values: [0.4], validation: false },
        { name: 'val_loss', values: [0.5], validation: true },
      ],
    },
    {
      name: 'acc',
      series: [
        { name: 'acc', values: [0.8], validation: false },
        { name: 'val_acc', values: [0.7], validation: true },
      ],
    },
  ])
})

test('ticks are round numbers around the values', () => {
  expect([
    niceTicks(0.31, 0.69, 4),
    niceTicks(0, 10, 5),
    niceTicks(3, 3, 4),
    niceTicks(Infinity, 1, 4),
  ]).toEqual([
    [0.3, 0.4, 0.5, 0.6, 0.7],
    [0, 2, 4, 6, 8, 10],
    [1, 2, 3, 4, 5],
    [0, 1],
  ])
})
