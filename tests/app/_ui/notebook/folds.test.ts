import { expect, test } from 'vitest'
import { foldedCells, foldsOver } from '../../../../app/_ui/notebook/folds'

const heading = (cellId: string, level: number) => ({ cellId, level, text: cellId })
const sections = (...folded: string[]) => ({
  ids: ['intro', 'A', 'a1', 'Aa', 'aa1', 'B', 'b1'],
  headings: [heading('A', 1), heading('Aa', 2), heading('B', 1)],
  attributes: Object.fromEntries(folded.map((id) => [id, { sectionFolded: true }])),
})

test('a folded heading hides what stands below it, up to the next one of its level', () => {
  expect(foldedCells(sections('A'))).toEqual({ a1: 'A', Aa: 'A', aa1: 'A' })
  expect(foldedCells(sections('Aa'))).toEqual({ aa1: 'Aa' })
  expect(foldedCells(sections('A', 'Aa', 'B'))).toEqual({ a1: 'A', Aa: 'A', aa1: 'A', b1: 'B' })
  expect(foldedCells(sections())).toEqual({})
})

test('a cell whose text is no heading any more folds nothing', () => {
  expect(foldedCells(sections('intro'))).toEqual({})
})

test('the highest heading of a cell says how far its section goes', () => {
  const { ids, attributes } = sections('A')
  const headings = [heading('A', 3), heading('A', 2), heading('Aa', 2)]
  expect(foldedCells({ ids, attributes, headings })).toEqual({ a1: 'A' })
})

test('to see a cell, all folded headings over it are opened', () => {
  expect(foldsOver(sections('A', 'Aa', 'B'), 'aa1')).toEqual(['A', 'Aa'])
  expect(foldsOver(sections('A', 'Aa', 'B'), 'A')).toEqual([])
  expect(foldsOver(sections('A', 'B'), 'b1')).toEqual(['B'])
})
