import { expect, test } from 'vitest'
import { axisEnd, niceTicks } from '../../../../../app/_ui/notebook/outputs/ticks'

test('a short training has its whole length on the axis from the first batch on', () => {
  expect([axisEnd(10, 0), axisEnd(10, 7), axisEnd(1, 0)]).toEqual([10, 10, 1])
})

test('the axis of a long training grows by doubling as it goes on', () => {
  expect([axisEnd(1000, 3), axisEnd(1000, 40), axisEnd(1000, 300), axisEnd(1000, 1000)]).toEqual([
    32, 63, 500, 1000,
  ])
})

test('round numbers enclose what is drawn', () => {
  expect(niceTicks(0.21, 0.39, 4)).toEqual([0.2, 0.25, 0.3, 0.35, 0.4])
})
