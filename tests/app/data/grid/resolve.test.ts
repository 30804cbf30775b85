import { expect, test } from 'vitest'
import { nothingPending, type Pending } from '../../../../app/(app)/data/[name]/grid/pending'
import { disputedCells, resolveConflicts } from '../../../../app/(app)/data/[name]/grid/resolve'
import type { DatasetConflicts } from '../../../../lib/protocol/dataset-edit'

const columns = [
  { name: 'name', type: 'text', nullable: false },
  { name: 'age', type: 'integer', nullable: true },
] as const
const mine: Pending = {
  ...nothingPending(1),
  changed: {
    0: { age: { before: 1, after: 10 }, name: { before: 'a', after: 'A' } },
    1: { age: { before: 2, after: 20 } },
    5: { age: { before: 6, after: 60 } },
  },
  deleted: { 2: true },
}
const conflicts: DatasetConflicts = {
  head: 2,
  columns: [...columns],
  rows: [
    { row: 0, before: ['a', 1], theirs: ['a', 11] },
    { row: 1, before: ['b', 2], theirs: null },
    { row: 2, before: ['c', 3], theirs: ['c', 33] },
  ],
}

test('both sides of a row are shown by cell, with what was', () => {
  expect(disputedCells(mine, conflicts.rows[0]!, [...columns])).toEqual([
    { column: 'name', before: 'a', theirs: 'a', mine: 'A' },
    { column: 'age', before: 1, theirs: 11, mine: 10 },
  ])
})

test('mine everywhere: my cells go on top of theirs, and a row that they deleted comes back as a new one', () => {
  expect(resolveConflicts(mine, conflicts, { 0: 'mine', 1: 'mine', 2: 'mine' })).toEqual({
    parent: 2,
    changed: {
      0: { name: { before: 'a', after: 'A' }, age: { before: 11, after: 10 } },
      5: { age: { before: 6, after: 60 } },
    },
    deleted: { 2: true },
    added: [{ row: -1, values: { name: 'b', age: 20 } }],
  })
})

test('theirs everywhere: only rows that nobody else touched are left to save', () => {
  expect(resolveConflicts(mine, conflicts, { 0: 'theirs', 1: 'theirs', 2: 'theirs' })).toEqual({
    parent: 2,
    changed: { 5: { age: { before: 6, after: 60 } } },
    deleted: {},
    added: [],
  })
})

test('cell by cell: my name and their age', () => {
  const chosen = resolveConflicts(mine, conflicts, {
    0: { name: 'mine', age: 'theirs' },
    1: 'theirs',
    2: 'mine',
  })
  expect(chosen.changed[0]).toEqual({ name: { before: 'a', after: 'A' } })
})
