import { expect, test } from 'vitest'
import { drawGraph, gap, node } from '../../../../../app/_ui/notebook/graph/layout'
import { linePath } from '../../../../../app/_ui/notebook/graph/line-path'
import { neighbour } from '../../../../../app/_ui/notebook/graph/neighbour'
import { reduce } from '../../../../../app/_ui/notebook/graph/reduce'

const edges = (...pairs: string[]) =>
  pairs.map((pair) => ({ from: pair.split('>')[0]!, to: pair.split('>')[1]!, names: ['x'] }))
const three = 3 * (node.width + gap.x)
/** Each node's place in steps: column and row. */
const places = (drawing: ReturnType<typeof drawGraph>) =>
  Object.fromEntries(
    drawing.nodes.map(({ id, x, y }) => [
      id,
      [(x - node.width / 2) / (node.width + gap.x), (y - node.height / 2) / (node.height + gap.y)],
    ]),
  )

test('a cell stands below the cells that it uses, wherever it stands on the page', () => {
  const drawing = drawGraph(['use', 'a', 'b'], ['a', 'b', 'use'], edges('a>b', 'b>use', 'a>use'), three)
  expect(places(drawing)).toEqual({ a: [0, 0], b: [0, 1], use: [0, 2] })
})

test('a row that would be too wide becomes several', () => {
  const ids = ['a', 'b', 'c', 'd', 'e']
  const drawing = drawGraph(ids, ids, edges('a>b', 'a>c', 'a>d', 'a>e'), three)
  expect(places(drawing)).toEqual({ a: [0, 0], b: [0, 1], c: [1, 1], d: [2, 1], e: [0, 2] })
})

test('a cell stands near the middle of what it uses', () => {
  const ids = ['a', 'b', 'c', 'd', 'e']
  const drawing = drawGraph(ids, ids, edges('a>d', 'c>d', 'b>d', 'c>e'), three)
  expect(places(drawing)).toEqual({ a: [0, 0], b: [1, 0], c: [2, 0], d: [1, 1], e: [2, 1] })
})

test('groups stand one below the other, then rows of the cells without edges', () => {
  const ids = ['a', 'lone', 'b', 'c', 'd', 'other', 'third', 'fourth']
  const { nodes, width, height } = drawGraph(ids, ids, edges('a>b', 'c>d'), three)
  expect(nodes.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'lone', 'other', 'third', 'fourth'])
  expect(nodes.map(({ y }) => y)).toEqual(nodes.map(({ y }) => y).sort((p, q) => p - q))
  expect([width, height]).toEqual([3 * node.width + 2 * gap.x, nodes.at(-1)!.y + node.height / 2])
})

test('a cycle is drawn in page order, with a line that leads back at the side', () => {
  const drawing = drawGraph(['a', 'b'], ['a', 'b'], edges('a>b', 'b>a'), three)
  const [a, b] = drawing.nodes
  expect(places(drawing)).toEqual({ a: [0, 0], b: [0, 1] })
  expect([linePath(a!, b!), linePath(b!, a!)]).toEqual([
    'M66 34C66 47 66 47 66 60',
    'M132 77C148 77 148 17 132 17',
  ])
})

test('a line over several rows runs between the columns', () => {
  const at = (id: string, column: number, row: number) => ({
    id,
    x: node.width / 2 + column * (node.width + gap.x),
    y: node.height / 2 + row * (node.height + gap.y),
  })
  expect(linePath(at('a', 1, 0), at('b', 0, 3))).toBe(
    'M214 34C214 47 140 47 140 60L140 154C140 167 66 167 66 180',
  )
})

test('five hundred cells that all use the first two are placed at once, no two at one place', () => {
  const ids = Array.from({ length: 500 }, (_, i) => `c${i}`)
  const all = ids.slice(1).flatMap((id, i) => edges(`c0>${id}`, `${ids[Math.floor(i / 2)]}>${id}`))
  const { nodes } = drawGraph(ids, ids, all, three)
  expect(new Set(nodes.map(({ x, y }) => `${x} ${y}`)).size).toBe(500)
})

test('what another input leads to needs no line of its own', () => {
  const inputs = reduce(['a', 'b', 'c', 'd'], edges('a>b', 'a>c', 'b>c', 'c>d', 'a>d', 'd>a'))
  expect(Object.fromEntries(inputs)).toEqual({ a: [], b: ['a'], c: ['b'], d: ['c'] })
})

test('nothing is drawn of nothing', () => {
  expect(drawGraph([], [], [], 300)).toEqual({ nodes: [], width: node.width, height: 0 })
})

test('an arrow key leads to the nearest node in its direction', () => {
  const at = [
    { id: 'top', x: 50, y: 0 },
    { id: 'left', x: 0, y: 50 },
    { id: 'right', x: 100, y: 50 },
    { id: 'bottom', x: 10, y: 100 },
  ]
  const from = (index: number) =>
    ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'a'].map((key) => neighbour(at, index, key))
  expect([from(1), from(0)[1]]).toEqual([['top', 'bottom', undefined, 'right', undefined], 'left'])
})
