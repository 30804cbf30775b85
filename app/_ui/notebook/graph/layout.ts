import { Graph, layout } from '@dagrejs/dagre'
import type { Edge } from '../../../../lib/notebook/graph/graph'

export type Place = { id: string; x: number; y: number }
export type Line = { from: string; to: string; points: { x: number; y: number }[] }
/** `x` and `y` are the middle of a node. */
export type Drawing = { nodes: Place[]; lines: Line[]; width: number; height: number }

export const node = { width: 132, height: 34 }
const gap = { x: 14, y: 26 }
const apart = 22

/**
 * Draws the graph from top to bottom: what belongs together stays together, one group below the other in page order,
 * then the cells that neither use nor are used, as many in a row as `width` holds.
 */
export function drawGraph(ids: readonly string[], edges: readonly Edge[], width: number): Drawing {
  const { groups, alone } = findGroups(ids, edges)
  const drawing: Drawing = { nodes: [], lines: [], width: node.width, height: 0 }
  for (const group of groups) append(drawing, drawGroup(group, edges))
  if (alone.length > 0) append(drawing, drawRows(alone, width))
  return drawing
}

/** Puts a part below what is there. */
function append(drawing: Drawing, part: Drawing) {
  const top = drawing.height === 0 ? 0 : drawing.height + apart
  drawing.nodes.push(...part.nodes.map((place) => ({ ...place, y: place.y + top })))
  for (const line of part.lines)
    drawing.lines.push({ ...line, points: line.points.map(({ x, y }) => ({ x, y: y + top })) })
  drawing.width = Math.max(drawing.width, part.width)
  drawing.height = top + part.height
}

function drawGroup(ids: readonly string[], edges: readonly Edge[]): Drawing {
  const members = new Set(ids)
  const inside = edges.filter(({ from }) => members.has(from))
  const graph = new Graph()
  graph.setGraph({ rankdir: 'TB', nodesep: gap.x, ranksep: gap.y, edgesep: 8 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const id of ids) graph.setNode(id, { ...node })
  for (const { from, to } of inside) graph.setEdge(from, to)
  layout(graph)
  const { width = node.width, height = node.height } = graph.graph()
  return {
    nodes: ids.map((id) => {
      const { x, y } = graph.node(id) as { x: number; y: number }
      return { id, x, y }
    }),
    lines: inside.map(({ from, to }) => ({ from, to, points: graph.edge(from, to).points ?? [] })),
    width,
    height,
  }
}

function drawRows(ids: readonly string[], width: number): Drawing {
  const columns = Math.max(1, Math.floor((width + gap.x) / (node.width + gap.x)))
  const step = { x: node.width + gap.x, y: node.height + 10 }
  const nodes = ids.map((id, i) => ({
    id,
    x: node.width / 2 + (i % columns) * step.x,
    y: node.height / 2 + Math.floor(i / columns) * step.y,
  }))
  const rows = Math.ceil(ids.length / columns)
  const filled = Math.min(columns, ids.length)
  return { nodes, lines: [], width: filled * step.x - gap.x, height: rows * step.y - 10 }
}

/** Cells that lead to each other, and those without any edge. */
function findGroups(ids: readonly string[], edges: readonly Edge[]) {
  const near = new Map(ids.map((id) => [id, [] as string[]]))
  for (const { from, to } of edges) {
    near.get(from)?.push(to)
    near.get(to)?.push(from)
  }
  const seen = new Set<string>()
  const groups: string[][] = []
  for (const id of ids) {
    if (seen.has(id)) continue
    const group = new Set([id])
    for (const member of group) for (const other of near.get(member)!) group.add(other)
    for (const member of group) seen.add(member)
    groups.push(ids.filter((each) => group.has(each)))
  }
  return {
    groups: groups.filter(({ length }) => length > 1),
    alone: groups.filter(({ length }) => length === 1).flat(),
  }
}
