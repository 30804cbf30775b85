import { expect, test } from 'vitest'
import { moveTo, resize } from '../../../app/(app)/status/arrangement'
import { type StatusLayout, statusLayout } from '../../../lib/protocol/preferences'

const layout: StatusLayout = [
  { widget: 'cpu', width: 2, height: 1 },
  { widget: 'memory', width: 2, height: 1 },
  { widget: 'disk', width: 1, height: 1 },
]
const order = (all: StatusLayout) => all.map(({ widget }) => widget)

test('a widget takes the place of another, and those between make room', () => {
  expect(order(moveTo(layout, 'cpu', 'disk'))).toEqual(['memory', 'disk', 'cpu'])
  expect(order(moveTo(layout, 'disk', 'cpu'))).toEqual(['disk', 'cpu', 'memory'])
  expect(order(moveTo(layout, 'cpu', 'gpu'))).toEqual(['cpu', 'memory', 'disk'])
})

test('a widget grows in whole columns and rows, within the page', () => {
  expect(resize(layout, 'disk', 2.6, 9)[2]).toEqual({ widget: 'disk', width: 3, height: 4 })
  expect(resize(layout, 'disk', -1, 0)[2]).toEqual({ widget: 'disk', width: 1, height: 1 })
})

test('what is kept for a person names each widget once', () => {
  expect(statusLayout.safeParse(layout).success).toBe(true)
  expect(statusLayout.safeParse([layout[0], layout[0]]).success).toBe(false)
  expect(statusLayout.safeParse([{ widget: 'weather', width: 1, height: 1 }]).success).toBe(false)
})
