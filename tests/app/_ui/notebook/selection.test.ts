import { expect, test } from 'vitest'
import {
  chosenCells,
  extendedTo,
  only,
  type Selection,
  several,
  toggled,
} from '../../../../app/_ui/notebook/selection'

const ids = ['a', 'b', 'c', 'd', 'e']
const at = (selection: Selection) => ({ ids, ...selection })
/** The selected cells as a word, the one with the focus in capitals. */
const read = (selection: Selection) =>
  chosenCells(at(selection))
    .map((id) => (id === selection.selected ? id.toUpperCase() : id))
    .join('')

test('Shift extends from where it began, in both directions, and shrinks again', () => {
  const down = extendedTo(at(only('b')), 'd')
  const back = extendedTo(at(down), 'c')
  const up = extendedTo(at(back), 'a')
  expect([down, back, up].map(read)).toEqual(['bcD', 'bC', 'Ab'])
})

test('Ctrl adds cells and takes them away, and never the last', () => {
  const two = toggled(at(only('a')), 'd')
  const three = toggled(at(two), 'b')
  const without = toggled(at(three), 'b')
  const one = toggled(at(without), 'a')
  const last = toggled(at(one), 'd')
  expect([two, three, without, one, last].map(read)).toEqual(['aD', 'aBd', 'aD', 'D', 'D'])
})

test('a range after Ctrl begins at the cell that Ctrl chose', () => {
  expect(read(extendedTo(at(toggled(at(only('a')), 'c')), 'e'))).toBe('cdE')
})

test('cells that are deleted meanwhile are selected no more', () => {
  expect(chosenCells({ ids: ['b', 'd'], ...several(['a', 'b', 'c', 'd']) })).toEqual(['b', 'd'])
  expect(chosenCells({ ids: ['b'], ...only('a') })).toEqual([])
  expect(read(extendedTo(at({ selected: 'c', also: new Set(), anchor: 'gone' }), 'd'))).toBe('D')
})
