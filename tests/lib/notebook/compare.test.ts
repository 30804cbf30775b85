import { expect, test } from 'vitest'
import { compareContents } from '../../../lib/notebook/compare'
import type { RevisionCell } from '../../../lib/notebook/revision-content'
import { defaultSettings } from '../../../lib/notebook/settings'

const cell = (id: string, source = id): RevisionCell => ({ id, kind: 'code', source, attributes: {} })
const content = (...cells: RevisionCell[]) => ({ cells, settings: defaultSettings })

test('each cell is added, removed, changed, moved or the same', () => {
  const before = content(cell('a'), cell('b'), cell('c'), cell('d'), cell('e'))
  const after = content(cell('e'), cell('a'), cell('c', 'c2'), cell('n'), cell('d'))
  expect(compareContents(before, after)).toEqual({
    cells: [
      { type: 'moved', after: cell('e') },
      { type: 'same', after: cell('a') },
      { type: 'removed', before: cell('b') },
      { type: 'changed', before: cell('c'), after: cell('c', 'c2'), moved: false },
      { type: 'added', after: cell('n') },
      { type: 'same', after: cell('d') },
    ],
    settings: [],
  })
})

test('a cell that is moved and edited says both', () => {
  const after = content(cell('c'), cell('b'), cell('a', 'a2'))
  expect(compareContents(content(cell('a'), cell('c'), cell('b')), after).cells).toEqual([
    { type: 'same', after: cell('c') },
    { type: 'same', after: cell('b') },
    { type: 'changed', before: cell('a'), after: cell('a', 'a2'), moved: true },
  ])
})

test('marks, settings and packages count', () => {
  const before = content(cell('a'))
  const after = {
    cells: [{ ...cell('a'), attributes: { manual: true } }],
    settings: { ...defaultSettings, reactivity: 'off' as const },
    environment: { lock: '{}' },
  }
  expect(compareContents(before, after)).toEqual({
    cells: [{ type: 'changed', before: before.cells[0], after: after.cells[0], moved: false }],
    settings: ['reactivity: stale → off', 'the packages or their lockfile'],
  })
})

test('from nothing everything is added, to nothing everything removed', () => {
  const both = content(cell('a'), cell('b'))
  const types = (a: typeof both, b: typeof both) => compareContents(a, b).cells.map(({ type }) => type)
  expect([types(content(), both), types(both, content())]).toEqual([
    ['added', 'added'],
    ['removed', 'removed'],
  ])
})
