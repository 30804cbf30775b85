import { expect, test } from 'vitest'
import { relativeTime } from '../../../app/_ui/relative'
import { sortRows } from '../../../app/_ui/sort-rows'
import { formatBytes, formatCount, formatMs, formatShare } from '../../../app/_ui/units'

test('a time is told as far as it matters', () => {
  const ago = (seconds: number) => relativeTime(1_700_000_000_000 - 1000 * seconds, 1_700_000_000_000)
  expect([-5, 3, 42, 90, 7200, 90_000, 8 * 86_400, 70 * 86_400, 800 * 86_400].map(ago)).toEqual([
    'now',
    'now',
    '42 seconds ago',
    '1 minute ago',
    '2 hours ago',
    'yesterday',
    'last week',
    '2 months ago',
    '2 years ago',
  ])
})

test('numbers carry their units', () => {
  expect([0.123, 4.56, 12.3, 1400, null].map(formatMs)).toEqual(['0.12 ms', '4.6 ms', '12 ms', '1.4 s', '–'])
  expect([812, 4200, 18_400_000, 1e9].map(formatBytes)).toEqual(['812 B', '4.2 kB', '18 MB', '1.0 GB'])
  expect([formatCount(32_561), formatShare(7, 120), formatShare(0, 5), formatShare(0, 0)]).toEqual([
    '32,561',
    '5.8 %',
    '0 %',
    '–',
  ])
})

test('rows are sorted by a column, nulls last either way', () => {
  const columns = [{ key: 'version', value: (row: string | null) => row }]
  const rows = ['1.0.10', null, '1.0.9', '1.0.1']
  const sorted = (descending: boolean) => sortRows(rows, columns, { key: 'version', descending })
  expect([sorted(false), sorted(true), sortRows(rows, columns, undefined)]).toEqual([
    ['1.0.1', '1.0.9', '1.0.10', null],
    ['1.0.10', '1.0.9', '1.0.1', null],
    rows,
  ])
})
