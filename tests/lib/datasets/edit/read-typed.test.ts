import { expect, test } from 'vitest'
import { readTyped } from '../../../../lib/datasets/edit/read-typed'
import type { ColumnType } from '../../../../lib/protocol/dataset'

const read = (type: ColumnType, text: string, shape?: number[]) =>
  readTyped(text, { name: 'x', type, nullable: true, ...(shape && { shape }) })
const problem = (text: string) => ({ problem: text })

test('an empty text is missing, except among texts', () => {
  expect(read('integer', ' ')).toEqual({ value: null })
  expect(read('date', '')).toEqual({ value: null })
  expect(read('text', '')).toEqual({ value: '' })
  expect(read('text', ' a ')).toEqual({ value: ' a ' })
})

test('whole numbers are exact to 64 bits', () => {
  expect(read('integer', '-12')).toEqual({ value: -12 })
  expect(read('integer', '3.0')).toEqual({ value: 3 })
  expect(read('integer', '9007199254740993')).toEqual({ value: '9007199254740993' })
  expect(read('integer', '9223372036854775808')).toEqual(problem('this is not a whole number of 64 bits'))
  expect(read('integer', '1.5')).toEqual(problem('this is not a whole number of 64 bits'))
})

test('numbers may have a comma, an exponent, or be infinite', () => {
  expect(['1e3', '3,14', '.5', '-inf'].map((text) => read('number', text))).toEqual([
    { value: 1000 },
    { value: 3.14 },
    { value: 0.5 },
    { value: '-Infinity' },
  ])
  expect(read('number', '1,234.5')).toEqual(problem('this is not a number'))
})

test('days are of the calendar, moments are in UTC', () => {
  expect(read('date', '2024-02-29')).toEqual({ value: '2024-02-29' })
  expect(read('date', '2023-02-29')).toEqual(problem('this is not a day, as 2020-12-31'))
  expect(read('datetime', '2020-12-31 10:00')).toEqual({ value: '2020-12-31T10:00:00Z' })
  expect(read('datetime', '2020-12-31T10:00:05.25+02:00')).toEqual({ value: '2020-12-31T08:00:05.25Z' })
  expect(read('datetime', '10:00')).toEqual(problem('this is not a moment, as 2020-12-31T23:59:59Z'))
})

test('lists of numbers have the length of their column', () => {
  expect(read('numbers', '[1, 2.5]', [2])).toEqual({ value: [1, 2.5] })
  expect(read('numbers', '[1]', [2])).toEqual(problem('this list has 1 numbers instead of 2'))
  expect(read('numbers', '1, 2', [2])).toEqual(problem('this is not a list of numbers, as [1, 2]'))
})
