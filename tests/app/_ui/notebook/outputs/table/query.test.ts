import { expect, test } from 'vitest'
import { filterText, putFilter, toggleSort } from '../../../../../../app/_ui/notebook/outputs/table/query'
import type { TableFilter } from '../../../../../../lib/protocol/tables'

const up = (column: number) => ({ column, descending: false })
const down = (column: number) => ({ column, descending: true })

test('a column is sorted by upwards, downwards, and not at all', () => {
  const first = toggleSort([], 2, false)
  const second = toggleSort(first, 2, false)
  expect([first, second, toggleSort(second, 2, false)]).toEqual([[up(2)], [down(2)], []])
})

test('another column takes the place of those before, or is added to them', () => {
  expect(toggleSort([up(1), down(2)], 2, false)).toEqual([up(2)])
  expect(toggleSort([up(1)], 2, true)).toEqual([up(1), up(2)])
  expect(toggleSort([up(1), up(2)], 1, true)).toEqual([down(1), up(2)])
  expect(toggleSort([down(1), up(2)], 1, true)).toEqual([up(2)])
})

test.each<[TableFilter, boolean, string]>([
  [{ op: 'range', column: 0, min: 1, max: 2.5 }, false, '1 – 2.5'],
  [{ op: 'range', column: 0, min: 1 }, false, '≥ 1'],
  [{ op: 'range', column: 0, max: 1 }, false, '≤ 1'],
  [{ op: 'range', column: 0, min: 3, max: 3 }, false, '= 3'],
  [{ op: 'range', column: 0, min: 0 }, true, '≥ 1970-01-01 00:00'],
  [{ op: 'contains', column: 0, text: 'ab' }, false, 'contains “ab”'],
  [{ op: 'in', column: 0, values: ['a', null] }, false, 'is a or null'],
  [{ op: 'in', column: 0, values: [1, 2, 3, 4, 5] }, false, 'is 1 or 2 or 3 or 2 more'],
  [{ op: 'null', column: 0, not: false }, false, 'is null'],
  [{ op: 'null', column: 0, not: true }, false, 'is not null'],
])('%j reads so', (filter, isTime, text) => {
  expect(filterText(filter, isTime)).toBe(text)
})

test('a filter is added, or takes the place of the one that was edited', () => {
  const a: TableFilter = { op: 'null', column: 0, not: false }
  const b: TableFilter = { op: 'contains', column: 1, text: 'x' }
  expect([putFilter([a], b), putFilter([a], b, 0)]).toEqual([[a, b], [b]])
})
