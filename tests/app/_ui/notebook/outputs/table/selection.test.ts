import { expect, test } from 'vitest'
import {
  at,
  type CellRange,
  moveRange,
  toTsv,
} from '../../../../../../app/_ui/notebook/outputs/table/selection'

const size = { rows: 3, columns: 4 }
const range = (row: number, column: number, toRow: number, toColumn: number): CellRange => ({
  anchor: { row, column },
  focus: { row: toRow, column: toColumn },
})

test.each<[string, CellRange | undefined, string, boolean, CellRange | undefined]>([
  ['the first key takes the first cell', undefined, 'ArrowDown', false, range(0, 0, 0, 0)],
  ['an arrow moves', at({ row: 1, column: 1 }), 'ArrowRight', false, range(1, 2, 1, 2)],
  ['an arrow takes a range back to one cell', range(0, 0, 1, 1), 'ArrowUp', false, range(0, 1, 0, 1)],
  ['with Shift it extends', at({ row: 1, column: 1 }), 'ArrowUp', true, range(1, 1, 0, 1)],
  ['not beyond the page', at({ row: 2, column: 3 }), 'ArrowDown', false, range(2, 3, 2, 3)],
  ['End goes to the last column', at({ row: 2, column: 0 }), 'End', true, range(2, 0, 2, 3)],
  ['Home goes to the first', at({ row: 2, column: 3 }), 'Home', false, range(2, 0, 2, 0)],
  ['other keys are not its own', at({ row: 0, column: 0 }), 'j', false, undefined],
])('%s', (_, before, key, extending, after) => {
  expect(moveRange(before, key, size, extending)).toEqual(after)
})

const names = ['n', 'text', 'flag']
const cells = [
  [1, 'a\tb', true],
  [null, 'say "hi"\nthere', false],
]

test('rows are copied with the names of their columns, as spreadsheets take them', () => {
  expect(toTsv(range(1, 1, 0, 0), names, cells)).toBe('n\ttext\n1\t"a\tb"\n\t"say ""hi""\nthere"')
})

test('cells of one row are copied alone', () => {
  expect(toTsv(range(0, 0, 0, 2), names, cells)).toBe('1\t"a\tb"\ttrue')
})
