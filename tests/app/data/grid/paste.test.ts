import { expect, test } from 'vitest'
import { readBlock } from '../../../../app/(app)/data/[name]/grid/paste'
import type { DatasetColumn } from '../../../../lib/protocol/dataset'

const columns: DatasetColumn[] = [
  { name: 'name', type: 'text', nullable: true },
  { name: 'age', type: 'integer', nullable: true },
  { name: 'paid', type: 'boolean', nullable: true },
]

test('a block of a spreadsheet is read by the types of its columns; empty cells are missing', () => {
  expect(readBlock('Ada\t36\tyes\r\n"two\nlines"\t\t\r\n', columns)).toEqual({
    rows: [
      ['Ada', 36, true],
      ['two\nlines', null, null],
    ],
    problems: [],
  })
})

test('what does not fit is left out and said; what goes past the last column, too', () => {
  expect(readBlock('x\t1.5\nmaybe\tfew', columns.slice(1))).toEqual({
    rows: [
      [undefined, undefined],
      [undefined, undefined],
    ],
    problems: [
      { row: 0, column: 'age', text: 'x', problem: 'this is not a whole number of 64 bits' },
      { row: 0, column: 'paid', text: '1.5', problem: 'this is neither true nor false' },
      { row: 1, column: 'age', text: 'maybe', problem: 'this is not a whole number of 64 bits' },
      { row: 1, column: 'paid', text: 'few', problem: 'this is neither true nor false' },
    ],
  })
  expect(readBlock('1\ttrue\t3', columns.slice(1)).rows).toEqual([[1, true]])
})
