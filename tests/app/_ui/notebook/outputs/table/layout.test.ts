import { expect, test } from 'vitest'
import {
  initialLayout,
  type Layout,
  moveBy,
  moveTo,
  neighbour,
  setPinned,
  setShown,
  shownColumns,
} from '../../../../../../app/_ui/notebook/outputs/table/layout'

const four = initialLayout(4)

test.each<[string, Layout, number[]]>([
  ['at first as the table has them', four, [0, 1, 2, 3]],
  ['hidden ones are left out', setShown(four, [1, 3], false), [0, 2]],
  ['and come back where they were', setShown(setShown(four, [1, 3], false), [1], true), [0, 1, 2]],
  [
    'pinned ones stand first, in the order of pinning',
    setPinned(setPinned(four, 3, true), 1, true),
    [3, 1, 0, 2],
  ],
  ['and go back to their place', setPinned(setPinned(four, 3, true), 3, false), [0, 1, 2, 3]],
  ['to the right, one place', moveBy(four, 0, 1), [1, 0, 2, 3]],
  ['to the left, past a hidden one', moveBy(setShown(four, [1], false), 2, -1), [2, 0, 3]],
  ['not beyond the end', moveBy(four, 3, 1), [0, 1, 2, 3]],
  ['dragged to the place of another', moveTo(four, 0, 2), [1, 2, 0, 3]],
  ['dragged among the pinned ones', moveTo(setPinned(four, 3, true), 0, 3), [0, 3, 1, 2]],
  ['dragged out of the pinned ones', moveTo(setPinned(four, 3, true), 3, 1), [0, 3, 1, 2]],
])('%s', (_, layout, shown) => {
  expect(shownColumns(layout)).toEqual(shown)
})

test('a pinned column has only pinned neighbours', () => {
  const layout = setPinned(setPinned(four, 3, true), 1, true)
  expect([neighbour(layout, 1, 1), neighbour(layout, 1, -1), neighbour(layout, 0, -1)]).toEqual([
    undefined,
    3,
    undefined,
  ])
})

test('of five hundred columns the first two hundred are shown', () => {
  expect(shownColumns(initialLayout(500))).toEqual(Array.from({ length: 200 }, (_, i) => i))
})
