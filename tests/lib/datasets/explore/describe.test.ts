import { expect, test } from 'vitest'
import { describeFilter, formatMeasure } from '../../../../lib/datasets/explore/describe'
import type { Filter } from '../../../../lib/datasets/explore/filter'
import type { DatasetColumn } from '../../../../lib/protocol/dataset'

const columns: DatasetColumn[] = [
  { name: 'age', type: 'integer', nullable: false },
  { name: 'born', type: 'date', nullable: false },
  { name: 'sex', type: 'text', nullable: true },
]

test.each<[Filter, string]>([
  [{ kind: 'range', column: 'age', from: 20, to: 30, closed: false }, 'age 20 to 30'],
  [{ kind: 'range', column: 'age', from: 19.5, to: 20.5, closed: false }, 'age is 20'],
  [{ kind: 'range', column: 'age', from: null, to: 18, closed: false }, 'age below 18'],
  [{ kind: 'range', column: 'age', from: null, to: 18, closed: true }, 'age at most 18'],
  [{ kind: 'range', column: 'age', from: 78, to: null, closed: false }, 'age at least 78'],
  [
    { kind: 'range', column: 'born', from: Date.UTC(1990, 0, 1), to: Date.UTC(1991, 0, 1), closed: false },
    'born 1990-01-01 to 1991-01-01',
  ],
  [{ kind: 'values', column: 'sex', values: ['MALE', null, ''] }, 'sex is MALE or missing or empty'],
  [{ kind: 'missing', column: 'sex' }, 'sex is missing'],
])('a filter in words: %j', (filter, words) => {
  expect(describeFilter(filter, columns)).toBe(words)
})

test('numbers are said with six digits, years in one piece, moments without seconds', () => {
  expect([
    formatMeasure(2024, { type: 'integer' }),
    formatMeasure(32561, { type: 'integer' }),
    formatMeasure(0.1234567, { type: 'number' }),
    formatMeasure(Date.UTC(2020, 1, 3, 14, 5, 9), { type: 'datetime' }),
  ]).toEqual(['2024', '32,561', '0.123457', '2020-02-03 14:05'])
})
