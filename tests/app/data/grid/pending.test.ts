import { expect, test } from 'vitest'
import {
  addRows,
  countPending,
  deleteRows,
  editsOf,
  keepRows,
  nothingPending,
  setCells,
} from '../../../../app/(app)/data/[name]/grid/pending'

const none = nothingPending(3)
const cell = (row: number, after: number | null) => ({ row, column: 'age', before: 30, after })

test('a cell that gets its value of the version again is not changed any more', () => {
  const once = setCells(none, [cell(7, 31)])
  const twice = setCells(once, [{ ...cell(7, 32), before: 31 }])
  expect(twice.changed).toEqual({ 7: { age: { before: 30, after: 32 } } })
  expect(setCells(twice, [{ ...cell(7, 30), before: 32 }])).toEqual(none)
})

test('a missing value, an empty text and a list are told apart', () => {
  const edits = [
    { row: 1, column: 'note', before: null, after: '' },
    { row: 2, column: 'pixels', before: [1, 2], after: [1, 2] },
  ]
  expect(setCells(none, edits).changed).toEqual({ 1: { note: { before: null, after: '' } } })
})

test('new rows have negative numbers, are edited like others, and are gone when deleted', () => {
  const two = setCells(addRows(none, [{}, { age: 5 }]), [cell(-1, 40)])
  expect(two.added).toEqual([
    { row: -1, values: { age: 40 } },
    { row: -2, values: { age: 5 } },
  ])
  const one = deleteRows(two, [-1, 4])
  expect([one.added, one.deleted]).toEqual([[{ row: -2, values: { age: 5 } }], { 4: true }])
  expect(addRows(one, [{}]).added.at(-1)).toEqual({ row: -3, values: {} })
})

test('a row that was changed and then deleted is deleted, and changed again when it is kept', () => {
  const both = deleteRows(setCells(none, [cell(7, 31), cell(8, 9)]), [7])
  expect(countPending(both)).toEqual({ added: 0, changed: 1, deleted: 1, all: 2 })
  expect(editsOf(both)).toEqual({ changed: [{ row: 8, values: { age: 9 } }], deleted: [7], added: [] })
  expect(editsOf(keepRows(both, [7])).changed).toEqual([
    { row: 7, values: { age: 31 } },
    { row: 8, values: { age: 9 } },
  ])
})
