import { expect, test } from 'vitest'
import { createPlanner } from '../../../../lib/notebook/graph/plan'
import { cellsOf, graphOf, kernelOf } from '../../../support/graph'

/** Each cell's text is its id, unless edited. */
function notebook(cells: Record<string, string>, { manual = [] as string[] } = {}) {
  const graph = graphOf(cells)
  const kernel = kernelOf(graph.inputs, cellsOf(cells))
  const planner = (edits: Record<string, string> = {}, among = graph) =>
    createPlanner(
      among,
      new Map(among.ids.map((id) => [id, { source: edits[id] ?? id, manual: manual.includes(id) }])),
      kernel.state(),
    )
  return { ...kernel, planner }
}
const ids = ({ steps }: { steps: { cellId: string }[] }) => steps.map(({ cellId }) => cellId).join(' ')
const chain = { a: 'x', b: 'y <- x', c: 'z <- y', d: 'w', e: '<- w z' }

test('a cell runs after those of its ancestors that are not fresh, in order, each once', () => {
  const { run, planner } = notebook(chain)
  expect(ids(planner().cells(['c']))).toBe('a b c')
  run('a', 'b')
  expect(ids(planner().cells(['c']))).toBe('c')
  expect(ids(planner({ b: 'edited' }).cells(['e']))).toBe('b c d e')
  expect(ids(planner({ a: 'edited' }).cells(['d']))).toBe('d')
})

test('a step says which cells it waits for', () => {
  expect(notebook(chain).planner().cells(['e', 'a'])).toEqual({
    steps: [
      { cellId: 'a', inputs: [], lent: [] },
      { cellId: 'b', inputs: ['a'], lent: [] },
      { cellId: 'c', inputs: ['b'], lent: [] },
      { cellId: 'd', inputs: [], lent: [] },
      { cellId: 'e', inputs: ['c', 'd'], lent: [] },
    ],
    blocked: [],
  })
})

test('all that is stale runs once, inputs first, wherever it stands', () => {
  const { run, planner } = notebook({ show: '<- y', b: 'y <- x', a: 'x', other: 'o' })
  run('a', 'b', 'show', 'other')
  expect(ids(planner({ a: 'edited' }).stale())).toBe('a b show')
  expect(ids(planner().stale())).toBe('')
})

test('a fresh cell between two that run is run, too', () => {
  const { run, planner } = notebook(chain)
  run('a', 'b', 'c')
  expect(ids(planner().cells(['a', 'c']))).toBe('a b c')
})

test('what waits already with this text is not asked a second time', () => {
  const { queue, begin, planner } = notebook(chain)
  queue('a')
  queue('b')
  expect(ids(planner().cells(['c']))).toBe('c')
  begin('a')
  expect(ids(planner().cells(['c']))).toBe('c')
  expect(ids(planner({ a: 'edited' }).cells(['c']))).toBe('a b c')
})

test('a manual ancestor that never ran stops its dependants, and no others', () => {
  const { planner } = notebook(chain, { manual: ['b'] })
  expect(planner().cells(['c', 'd', 'e'])).toEqual({
    steps: [{ cellId: 'd', inputs: [], lent: [] }],
    blocked: [
      { cellId: 'c', by: ['b'] },
      { cellId: 'e', by: ['b'] },
    ],
  })
  expect(ids(planner().cells(['b']))).toBe('a b')
  expect(ids(planner().cells(['b', 'c']))).toBe('a b c')
})

test('a manual ancestor that is stale lends its old value', () => {
  const { run, planner } = notebook(chain, { manual: ['b'] })
  run('a', 'b', 'c')
  expect(planner({ a: 'edited' }).stale()).toEqual({
    steps: [
      { cellId: 'a', inputs: [], lent: [] },
      { cellId: 'c', inputs: ['b'], lent: ['b'] },
    ],
    blocked: [],
  })
})

test('a manual ancestor that failed has no value to lend', () => {
  const { run, runAs, planner } = notebook(chain, { manual: ['b'] })
  run('a')
  runAs('b', { ended: 'failed' })
  expect(planner().cells(['c'])).toEqual({ steps: [], blocked: [{ cellId: 'c', by: ['b'] }] })
})

test('dependants of a cell run without it, but manual ones and what is behind them', () => {
  const { run, planner } = notebook(chain, { manual: ['c'] })
  run('a', 'b', 'c', 'd', 'e')
  expect([ids(planner().dependants(['a'])), ids(planner().dependants(['d']))]).toEqual(['b', 'e'])
})

test('an edit runs the cell and what depends on it; manual cells never, nor an empty one that has not run', () => {
  const { run, planner } = notebook({ ...chain, f: '' }, { manual: ['d'] })
  run('a', 'b', 'c', 'd', 'e')
  expect([
    ids(planner({ b: 'edited' }).edited(['b'])),
    ids(planner({ d: 'edited' }).edited(['d'])),
    ids(planner({ c: ' ' }).edited(['c'])),
    ids(planner({ f: ' ' }).edited(['f'])),
  ]).toEqual(['b c e', 'e', 'c e', ''])
})

test('after a deletion runs what used its names', () => {
  const { run, planner } = notebook(chain)
  run('a', 'b', 'c', 'd', 'e')
  const { b: _, ...left } = chain
  expect(ids(planner({}, graphOf(left)).edited(['b']))).toBe('c e')
})

test('nothing runs for an edit of a cell beside which everything is stale after a restart', () => {
  const { run, restart, planner } = notebook({ a: 'x', b: '<- x', other: 'o' })
  run('a', 'b', 'other')
  restart()
  expect(ids(planner({ b: 'edited' }).edited(['b']))).toBe('a b')
})

test('cells of a cycle run once each, in page order', () => {
  const { planner } = notebook({ a: 'x <- y', b: 'y <- x', c: '<- y' })
  expect(ids(planner().cells(['c']))).toBe('a b c')
})

test('a cell whose name another has taken since runs again before it is used, and only then', () => {
  const { run, planner } = notebook({ a: 'x', c: '<- x', b: 'x', d: '<- x', e: 'w' })
  run('a', 'c', 'b', 'd')
  expect([ids(planner().cells(['c'])), ids(planner().cells(['d', 'e'])), ids(planner().stale())]).toEqual([
    'a c',
    'd e',
    '',
  ])
})

test('a manual cell whose name another has taken has nothing to lend, and stops what uses it', () => {
  const { run, planner } = notebook({ a: 'model', c: '<- model', b: 'model' }, { manual: ['a'] })
  run('a', 'c', 'b')
  expect(planner().cells(['c'])).toEqual({ steps: [], blocked: [{ cellId: 'c', by: ['a'] }] })
  expect(ids(planner().cells(['a', 'c']))).toBe('a c')
})
