import { expect, test } from 'vitest'
import { duration, measured } from '../../../../app/_ui/notebook/format'
import { statusLabel } from '../../../../app/_ui/notebook/sync-status'

test('durations and measures are short', () => {
  expect([0.4, 12.3, 3400, 9960, 125_000, 3_840_000].map(duration)).toEqual([
    '<1 ms',
    '12 ms',
    '3.4 s',
    '10 s',
    '2 min 5 s',
    '1 h 4 min',
  ])
  expect([0.31271, 12.4, 1.23e-7, 100, 0.5, Number.NaN].map(measured)).toEqual([
    '0.3127',
    '12.4',
    '1.23e-7',
    '100.0',
    '0.5',
    'NaN',
  ])
})

test('the saved state says how many edits are kept', () => {
  expect([
    statusLabel({ state: 'offline', kept: 3 }),
    statusLabel({ state: 'offline', kept: 1 }),
    statusLabel({ state: 'saved', kept: 0 }),
  ]).toEqual(['offline: 3 edits kept', 'offline: 1 edit kept', 'saved'])
})
