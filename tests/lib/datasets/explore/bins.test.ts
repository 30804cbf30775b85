import { expect, test } from 'vitest'
import { edgesOf } from '../../../../lib/datasets/explore/bins'

test('edges are round numbers, exactly', () => {
  expect(edgesOf(0.05, 0.62, 'number', 6)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7])
  expect(edgesOf(17, 90, 'number', 8)).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90])
  expect(edgesOf(-2e9, 1e9, 'number', 3)).toEqual([-2e9, -1e9, 0, 1e9])
})

test('a few whole numbers have a bar each, many have wide ones', () => {
  expect(edgesOf(0, 3, 'integer')).toEqual([-0.5, 0.5, 1.5, 2.5, 3.5])
  expect(edgesOf(7, 7, 'integer')).toEqual([6.5, 7.5])
  expect(edgesOf(1, 99, 'integer', 5)).toEqual([0, 20, 40, 60, 80, 100])
})

test('one value, or a range too narrow for doubles, is one bar', () => {
  expect(edgesOf(5, 5, 'number')).toEqual([4.5, 5.5])
  expect(edgesOf(1e6, 1e6, 'number')).toEqual([999_000, 1_001_000])
  expect(edgesOf(1, 1 + Number.EPSILON, 'number')).toEqual([1, 1 + Number.EPSILON])
  expect(edgesOf(-1.7e308, 1.7e308, 'number')).toEqual([-1.7e308, 0, 1.7e308])
})

test('times have bars of days, months or years', () => {
  const days = edgesOf(Date.UTC(2020, 0, 1, 5), Date.UTC(2020, 0, 3, 1), 'time', 3)
  expect(days.map((at) => new Date(at).toISOString())).toEqual([
    '2020-01-01T00:00:00.000Z',
    '2020-01-01T12:00:00.000Z',
    '2020-01-02T00:00:00.000Z',
    '2020-01-02T12:00:00.000Z',
    '2020-01-03T00:00:00.000Z',
    '2020-01-03T12:00:00.000Z',
  ])
})
