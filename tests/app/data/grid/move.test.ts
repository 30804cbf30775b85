import { expect, test } from 'vitest'
import { clamped, movedBy } from '../../../../app/(app)/data/[name]/grid/move'

const size = { rows: 100, columns: 5, page: 20 }
const at = (row: number, column: number) => ({ anchor: { row, column }, focus: { row, column } })
const press = (row: number, column: number, key: string, more = {}) =>
  movedBy(at(row, column), { key, shiftKey: false, mod: false, ...more }, size)

test('keys move as in a spreadsheet, and stop at the edges', () => {
  expect(press(0, 0, 'ArrowUp')).toEqual(at(0, 0))
  expect(press(98, 2, 'PageDown')).toEqual(at(99, 2))
  expect(press(50, 2, 'ArrowDown', { mod: true })).toEqual(at(99, 2))
  expect(press(50, 2, 'Home', { mod: true })).toEqual(at(0, 0))
  expect(press(50, 2, 'End')).toEqual(at(50, 4))
  expect(press(5, 1, 'Enter', { shiftKey: true })).toEqual(at(4, 1))
  expect(press(5, 1, 'Tab')).toEqual(at(5, 2))
  expect(press(5, 1, 'x')).toBeUndefined()
})

test('with Shift the selection grows, except with Tab and Enter', () => {
  expect(press(5, 1, 'ArrowDown', { shiftKey: true })).toEqual({
    anchor: { row: 5, column: 1 },
    focus: { row: 6, column: 1 },
  })
  expect(press(5, 1, 'Tab', { shiftKey: true })).toEqual(at(5, 0))
})

test('a selection ends with the rows that are left', () => {
  expect(clamped({ anchor: { row: 3, column: 1 }, focus: { row: 150, column: 2 } }, 100)).toEqual({
    anchor: { row: 3, column: 1 },
    focus: { row: 99, column: 2 },
  })
  expect(clamped(at(7, 0), 0)).toEqual(at(0, 0))
})
