import { expect, test } from 'vitest'
import { nearest } from '../../../../../../app/_ui/notebook/outputs/figure/nearest'
import type { FigureTips, TipMark } from '../../../../../../lib/protocol/figure'

const figure = (...marks: Omit<TipMark, 'lines'>[]): FigureTips => ({
  width: 100,
  height: 100,
  marks: marks.map((mark) => ({ ...mark, lines: [] })),
})
const dots = figure({ nearest: 'both', x: [10, 50, 50], y: [10, 50, 50] })
const bars = figure({ nearest: 'x', x: [10, 60], y: [90, 60], width: [20, 20], height: [20, 80] })
const lines = figure({ nearest: 'x', x: [0, 50, 50, 100], y: [0, 20, 80, 100] })

test.each<[string, FigureTips, [number, number], number | undefined]>([
  ['a dot within reach', dots, [20, 20], 0],
  ['of dots on one place the one on top', dots, [48, 48], 2],
  ['no dot beyond reach', dots, [95, 95], undefined],
  ['the bar whose column the pointer is in, above it', bars, [15, 5], 0],
  ['the bar that the pointer is in', bars, [65, 50], 1],
  ['no bar far beside', figure({ nearest: 'x', x: [0], y: [0] }), [50, 0], undefined],
  ['of the points at one x the one nearest in y', lines, [52, 70], 2],
  ['of the points at one x the other', lines, [52, 30], 1],
])('a pointer means %s', (_, tips, [x, y], point) => {
  expect(nearest(tips, x, y)).toEqual(point === undefined ? undefined : { mark: 0, point })
})
