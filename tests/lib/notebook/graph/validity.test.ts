import { expect, test } from 'vitest'
import { validate } from '../../../../lib/notebook/graph/validity'
import { cellsOf, graphOf, kernelOf } from '../../../support/graph'

/** Each cell's text is its id, unless edited. */
function notebook(cells: Record<string, string>, { manual = [] as string[] } = {}) {
  const graph = graphOf(cells)
  const kernel = kernelOf(graph.inputs, cellsOf(cells))
  const look = (edits: Record<string, string> = {}, among = graph) => {
    const nodes = new Map(
      among.ids.map((id) => [id, { source: edits[id] ?? id, manual: manual.includes(id) }]),
    )
    return validate(among, nodes, kernel.state())
  }
  const stale = (edits?: Record<string, string>, among = graph) =>
    [...look(edits, among)].flatMap(([id, { validity }]) => (validity === 'stale' ? [id] : [])).sort()
  return { ...kernel, look, stale }
}
const chain = { a: 'x', b: 'y <- x', c: 'z <- y', d: 'w', e: '<- w' }
const all = ['a', 'b', 'c', 'd', 'e']

test('nothing that has run in order is stale, and what has not run is new', () => {
  const { run, look } = notebook(chain)
  run('a', 'b')
  expect([...look()].map(([id, { validity }]) => `${id} ${validity}`)).toEqual([
    'a fresh',
    'b fresh',
    'c new',
    'd new',
    'e new',
  ])
})

test('an edit marks the cell and exactly its transitive dependants, and its undoing makes them fresh again', () => {
  const { run, stale } = notebook(chain)
  run(...all)
  expect([stale({ a: 'a edited' }), stale({ b: 'b edited' }), stale({ d: 'd edited' }), stale()]).toEqual([
    ['a', 'b', 'c'],
    ['b', 'c'],
    ['d', 'e'],
    [],
  ])
})

test('a rerun marks exactly its transitive dependants', () => {
  const { run, stale } = notebook(chain)
  run(...all, 'a')
  expect(stale()).toEqual(['b', 'c'])
  run('b')
  expect(stale()).toEqual(['c'])
})

test('a failure makes its dependants stale, and is itself failed until its text or inputs change', () => {
  const { run, runAs, stale, look } = notebook(chain)
  run(...all)
  runAs('b', { ended: 'failed' })
  expect([stale(), look().get('b')?.validity, stale({ b: 'mended' })]).toEqual([['c'], 'failed', ['b', 'c']])
})

test('an execution that is cancelled while it waits changes nothing', () => {
  const { run, queue, cancel, stale } = notebook(chain)
  run(...all)
  queue('a')
  cancel('a')
  expect(stale()).toEqual([])
})

test('what has run in a kernel that died or was restarted is stale', () => {
  const { run, restart, die, stale } = notebook(chain)
  run('a', 'b')
  restart()
  expect(stale()).toEqual(['a', 'b'])
  run('a')
  expect(stale()).toEqual(['b'])
  die()
  expect(stale()).toEqual(['a', 'b'])
})

test('a deletion marks the dependants; one that is undone has to run again', () => {
  const { run, forget, stale } = notebook(chain)
  run(...all)
  const { a: _, ...left } = chain
  expect(stale({}, graphOf(left))).toEqual(['b', 'c'])
  forget('a')
  expect(stale()).toEqual(['b', 'c'])
  run('a')
  expect(stale()).toEqual(['b', 'c'])
})

test('a new definition between a cell and the one it used marks it', () => {
  const { run, stale } = notebook({ a: 'x', b: '<- x' })
  run('a', 'b')
  expect(stale({}, graphOf({ a: 'x', new: 'x', b: '<- x' }))).toEqual(['b'])
})

test('cells of a cycle become fresh in page order', () => {
  const { run, stale } = notebook({ a: 'x <- y', b: 'y <- x', c: '<- y' })
  run('a', 'b', 'c')
  expect(stale()).toEqual([])
  run('a')
  expect(stale()).toEqual(['b', 'c'])
})

test('a stale manual cell lends its old value to what runs after it, and that is said', () => {
  const cells = { data: 'd', model: 'm <- d', use: '<- m' }
  const { run, runAs, look, stale } = notebook(cells, { manual: ['model'] })
  run('data', 'model', 'use')
  run('data')
  expect(stale()).toEqual(['model', 'use'])
  runAs('use', { lent: ['model'] })
  expect([stale(), look().get('use')]).toEqual([
    ['model'],
    { validity: 'fresh', hasValue: true, lenders: ['model'], needs: [], overwritten: [], foreign: [] },
  ])
  run('model')
  expect(stale()).toEqual(['use'])
})

test('a manual cell that never ran is needed by all behind it', () => {
  const cells = { data: 'd', model: 'm <- d', use: 'u <- m', show: '<- u' }
  const { run, look } = notebook(cells, { manual: ['model'] })
  run('data')
  expect([...look()].map(([id, { needs }]) => [id, needs])).toEqual([
    ['data', []],
    ['model', []],
    ['use', ['model']],
    ['show', ['model']],
  ])
})

const double = { a: 'x', c: '<- x', b: 'x', d: '<- x' }

test('a cell that got the value of another cell than the graph means is stale, and says whose it was', () => {
  const { run, stale, look } = notebook(double)
  run('a', 'c', 'b', 'd')
  expect(stale()).toEqual([])
  run('c')
  expect([stale(), look().get('c')?.foreign]).toEqual([['c'], [{ name: 'x', input: 'a', givenBy: ['b'] }]])
  run('a', 'c')
  expect([stale(), look().get('b')?.overwritten]).toEqual([[], ['x']])
})

test('a name that a cell no longer defines has no value, until the other cell that defines it runs again', () => {
  const { run, runAs, stale, look } = notebook({ a: 'x', b: 'z', c: '<- x' })
  run('a')
  runAs('b', { says: 'x' })
  runAs('b')
  run('c')
  expect([stale(), look().get('a')?.overwritten]).toEqual([['c'], ['x']])
  run('a', 'c')
  expect([stale(), look().get('a')?.overwritten]).toEqual([[], []])
})

test('two cells that import the same do not take it from each other', () => {
  const { run, stale, look } = notebook({ a: '@tf', b: '<- tf', c: '@tf', d: '<- tf' })
  run('a', 'b', 'c', 'd', 'b', 'a', 'd')
  expect([stale(), [...look().values()].flatMap(({ overwritten }) => overwritten)]).toEqual([['b'], []])
})

test('the deletion of a cell that had taken a name makes the other that defines it run again', () => {
  const { run, forget, look, stale } = notebook(double)
  run('a', 'b', 'd')
  forget('b')
  const { b: _, ...left } = double
  const after = graphOf(left)
  expect([look({}, after).get('a')?.validity, stale({}, after)]).toEqual(['new', ['d']])
})
