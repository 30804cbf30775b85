import { expect, test } from 'vitest'
import { drawGraph, node } from '../../../../../app/_ui/notebook/graph/layout'
import { neighbour } from '../../../../../app/_ui/notebook/graph/neighbour'

const edge = (from: string, to: string) => ({ from, to, names: ['x'] })
const places = (drawing: ReturnType<typeof drawGraph>) =>
  Object.fromEntries(drawing.nodes.map(({ id, x, y }) => [id, { x, y }]))

test('a cell stands below the cells that it uses, wherever it stands on the page', () => {
  const at = places(drawGraph(['use', 'a', 'b'], [edge('a', 'b'), edge('b', 'use')], 300))
  expect([at.a!.y < at.b!.y, at.b!.y < at.use!.y]).toEqual([true, true])
})

test('groups stand one below the other, then rows of the cells without edges', () => {
  const ids = ['a', 'lone', 'b', 'c', 'd', 'other', 'third']
  const drawing = drawGraph(ids, [edge('a', 'b'), edge('c', 'd')], 2 * node.width + 20)
  const at = places(drawing)
  const tops = [at.a!.y, at.b!.y, at.c!.y, at.d!.y, at.lone!.y, at.third!.y]
  expect(tops).toEqual([...tops].sort((p, q) => p - q))
  expect([at.lone!.y === at.other!.y, at.lone!.x < at.other!.x]).toEqual([true, true])
  expect([drawing.width <= 2 * node.width + 20, drawing.height > at.third!.y]).toEqual([true, true])
})

test('no two of fifty cells overlap', () => {
  const ids = Array.from({ length: 50 }, (_, i) => `c${i}`)
  const edges = ids.slice(1).map((id, i) => edge(ids[Math.floor(i / 2)]!, id))
  const { nodes } = drawGraph(ids, edges, 500)
  const overlaps = nodes.flatMap((a, i) =>
    nodes
      .slice(i + 1)
      .filter((b) => Math.abs(a.x - b.x) < node.width && Math.abs(a.y - b.y) < node.height)
      .map((b) => `${a.id} ${b.id}`),
  )
  expect([nodes.length, overlaps]).toEqual([50, []])
})

test('nothing is drawn of nothing', () => {
  expect(drawGraph([], [], 300)).toEqual({ nodes: [], lines: [], width: node.width, height: 0 })
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
