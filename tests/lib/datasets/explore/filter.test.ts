import { expect, test } from 'vitest'
import { type Filter, formatFilter, parseFilter, pressed } from '../../../../lib/datasets/explore/filter'

const filters: [Filter, string][] = [
  [{ kind: 'values', column: 'species', values: ['setosa', 'virginica'] }, 'species~is~setosa~virginica'],
  [{ kind: 'range', column: 'petal_length', from: 1, to: 2.5, closed: false }, 'petal_length~range~1~2.5'],
  [{ kind: 'range', column: 'x', from: -1e-7, to: null, closed: true }, 'x~closed~-1e-7~'],
  [{ kind: 'missing', column: 'sex' }, 'sex~missing'],
  [{ kind: 'values', column: 'a~b c', values: [null, '', '50%~'] }, 'a%7Eb%20c~is~~%22%22~50%25%7E'],
]

test('filters stand in an address and come back as they were', () => {
  expect(filters.map(([filter]) => formatFilter(filter))).toEqual(filters.map(([, text]) => text))
  expect(filters.map(([, text]) => parseFilter(text))).toEqual(filters.map(([filter]) => filter))
})

test('what says no filter is none', () => {
  const wrong = ['', 'x', 'x~like~a', 'x~range~a~2', 'x~range~1', 'x~is', '%E0~missing', '~missing']
  expect(wrong.map(parseFilter)).toEqual(wrong.map(() => undefined))
})

const setosa: Filter = { kind: 'values', column: 'species', values: ['setosa'] }
const virginica: Filter = { kind: 'values', column: 'species', values: ['virginica'] }
const long: Filter = { kind: 'range', column: 'petal_length', from: 5, to: 6, closed: false }

test('a press replaces the filter of its column, a second one takes it back', () => {
  expect(pressed([], setosa)).toEqual([setosa])
  expect(pressed([setosa, long], virginica)).toEqual([long, virginica])
  expect(pressed([setosa, long], setosa)).toEqual([long])
})

test('a press that adds joins values, and takes them out again', () => {
  const both: Filter = { kind: 'values', column: 'species', values: ['setosa', 'virginica'] }
  expect(pressed([setosa], virginica, true)).toEqual([both])
  expect(pressed([both], setosa, true)).toEqual([virginica])
  expect(pressed([long], setosa, true)).toEqual([long, setosa])
})
