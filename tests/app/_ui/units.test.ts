import { expect, test } from 'vitest'
import { formatBytes, formatCount, formatMs, formatShare } from '../../../app/_ui/units'

test('sizes, counts, times and shares are written in one way on every page', () => {
  expect([0, 512, 1500, 23_000_000, 4.2e15].map(formatBytes)).toEqual([
    '0 B',
    '512 B',
    '1.5 kB',
    '23 MB',
    '4200 TB',
  ])
  expect([0, 1204, 3_000_000].map(formatCount)).toEqual(['0', '1,204', '3,000,000'])
  expect([null, 0.842, 1.25, 12.3, 1400].map(formatMs)).toEqual(['–', '0.84 ms', '1.3 ms', '12 ms', '1.4 s'])
  expect([formatShare(0, 0), formatShare(0, 5), formatShare(1, 300)]).toEqual(['–', '0 %', '0.3 %'])
})
