import { expect, test } from 'vitest'
import { dependantsOf } from '../../../../lib/notebook/graph/graph'
import { graphOf } from '../../../support/graph'

const plain = (map: ReadonlyMap<string, readonly string[]>) => Object.fromEntries(map)

test('a name comes from the nearest cell above that defines it, else from the nearest below', () => {
  const { edges } = graphOf({ a: 'x', b: 'x', c: '<- x y', d: 'y', e: 'y <- x' })
  expect(edges).toEqual([
    { from: 'b', to: 'c', names: ['x'] },
    { from: 'd', to: 'c', names: ['y'] },
    { from: 'b', to: 'e', names: ['x'] },
  ])
})

test("a cell's own names make no edge, and two names of a cell make one", () => {
  const { edges } = graphOf({ a: 'x y', b: 'z <- x y', c: 'x <- x' })
  expect(edges).toEqual([
    { from: 'a', to: 'b', names: ['x', 'y'] },
    { from: 'a', to: 'c', names: ['x'] },
  ])
})

test('a cell that defines the name of a global takes its place', () => {
  expect(graphOf({ a: 'name', b: '<- $name $Math' }).edges).toEqual([{ from: 'a', to: 'b', names: ['name'] }])
})

test('the order has inputs first, ties by page', () => {
  const { order } = graphOf({ a: '<- late', b: 'x', c: 'y <- x', d: 'late <- y', e: '' })
  expect(order).toEqual(['b', 'c', 'd', 'a', 'e'])
})

test('in a cycle the page says what comes first', () => {
  const graph = graphOf({ a: 'x <- z', b: 'y <- x', c: 'z <- y', d: '<- z' })
  expect([graph.cycles, plain(graph.inputs), graph.order]).toEqual([
    [['a', 'b', 'c']],
    { a: [], b: ['a'], c: ['b'], d: ['c'] },
    ['a', 'b', 'c', 'd'],
  ])
})

test('two cycles that share a cell are one, two apart are two', () => {
  const graph = graphOf({ a: 'x <- y z', b: 'y <- x', c: 'z <- x', d: 'p <- q', e: 'q <- p' })
  expect([graph.cycles, plain(graph.inputs)]).toEqual([
    [
      ['a', 'b', 'c'],
      ['d', 'e'],
    ],
    { a: [], b: ['a'], c: ['a'], d: [], e: ['d'] },
  ])
})

test('dependants are all behind a cell, and stop at what is not gone through', () => {
  const graph = graphOf({ a: 'x', b: 'y <- x', c: 'z <- y', d: '<- z', e: '<- x', f: '' })
  expect([dependantsOf(graph, ['a']), dependantsOf(graph, ['a'], (id) => id !== 'b')]).toEqual([
    ['b', 'c', 'd', 'e'],
    ['b', 'e'],
  ])
})

test('a chain of ten thousand cells is ordered', () => {
  const cells = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, i) => [`c${i}`, `a${i} <- ${i > 0 ? `a${i - 1}` : ''}`]),
  )
  expect(graphOf(cells).order).toEqual(Object.keys(cells))
})
