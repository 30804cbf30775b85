import { expect, test } from 'vitest'
import { type NoteFacts, notesOf, type Part } from '../../../../../app/_ui/notebook/graph/notes'

const facts: NoteFacts = {
  id: 'c',
  reactivity: 'stale',
  standing: { validity: 'stale', hasValue: false, lenders: [], needs: [], overwritten: [], foreign: [] },
  warnings: [],
  blocked: [],
  asksToBeManual: false,
  editing: false,
}
const plain = (part: Part) =>
  typeof part === 'string' ? part : 'name' in part ? `\`${part.name}\`` : part.cells.join(' and ')
const texts = (more: Partial<NoteFacts>) =>
  notesOf({ ...facts, ...more }).map(({ parts, run }) => [
    parts.map(plain).join(''),
    ...(run ? [`${run.label}: ${run.cells.join(' ')}`] : []),
  ])
const standing = {
  validity: 'fresh',
  hasValue: true,
  lenders: [],
  needs: [],
  overwritten: [],
  foreign: [],
} as const

test('a fresh cell without oddities says nothing', () => {
  expect(texts({ standing })).toEqual([])
})

test('a cell that was kept from running names what it needs and offers to run it first, until that has run', () => {
  const needs = { ...standing, needs: ['m', 'n'] }
  expect(texts({ standing: needs, blocked: ['m'] })).toEqual([
    ['Not run: it needs m, which runs only by hand and has no value yet.', 'Run it first: m c'],
  ])
  expect(texts({ standing: needs, blocked: ['m', 'n'] })).toEqual([
    ['Not run: it needs m and n, which run only by hand and have no value yet.', 'Run them first: m n c'],
  ])
  expect(texts({ standing, blocked: ['m'] })).toEqual([])
})

test('an old value that was lent is said', () => {
  expect(texts({ standing: { ...standing, lenders: ['m'] } })).toEqual([
    ['Uses the old value of m, which is stale and runs only by hand.', 'Run both: m c'],
  ])
})

test('a value that came from another cell than it should have is said', () => {
  const foreign = [
    { name: 'x', input: 'a', givenBy: ['b', 'd'] },
    { name: 'y', input: 'a', givenBy: [] },
  ]
  expect(texts({ standing: { ...standing, foreign } })).toEqual([
    ['When this ran, `x` was the one of b and d, not of a.'],
    ['When this ran, `y` was not the one of a.'],
  ])
})

test('warnings name the name and the other cells', () => {
  const warnings: NoteFacts['warnings'] = [
    { kind: 'cycle', names: ['x', 'y'], cells: ['a', 'c'] },
    { kind: 'double', name: 'x', cells: ['b'] },
    { kind: 'assigns', name: 'y', cells: ['a'] },
    { kind: 'assigned', name: 'z', cells: ['b'] },
    { kind: 'below', name: 'p', cells: ['d'] },
    { kind: 'missing', name: 'q', cells: [] },
  ]
  const all = [
    ['These cells use each other’s names (`x`, `y`): a and c. They run in page order.'],
    ['`x` is also defined in b. Whichever ran last counts.'],
    ['`y` is defined in a. Assigning it here does not mark the cells that use it.'],
    ['`z` is also assigned in b.'],
    ['`p` is used here and defined further down, in d.'],
    ['`q` is not defined in any cell.'],
  ]
  expect(texts({ warnings })).toEqual(all)
  expect(texts({ warnings, editing: true })).toEqual(all.slice(0, 5))
  expect(texts({ warnings, reactivity: 'off' })).toEqual([all[1], all[4], all[5]])
})

test('switched off, nothing is said of what the graph would do', () => {
  const more = {
    standing: { ...standing, lenders: ['m'], needs: ['m'] },
    blocked: ['m'],
    asksToBeManual: true,
  }
  expect(texts({ ...more, reactivity: 'off' })).toEqual([])
})
