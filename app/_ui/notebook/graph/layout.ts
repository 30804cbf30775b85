import type { Edge } from '../../../../lib/notebook/graph/graph'
import { reduce } from './reduce'

/** `x` and `y` are the middle of a node. */
export type Place = { id: string; x: number; y: number }
export type Drawing = { nodes: Place[]; width: number; height: number }

export const node = { width: 132, height: 34 }
export const gap = { x: 16, y: 26 }
const apart = 24
const step = { x: node.width + gap.x, y: node.height + gap.y }

/**
 * Places cells from top to bottom: inputs above what uses them, in rows that are no wider than `width`. What belongs
 * together stays together, one group below the other in page order; cells that neither use nor are used come last.
 * `order`: inputs first. A layout of our own, since those of graph libraries take seconds for fifty cells that all use
 * the first one, and make one row of all its users.
 */
export function drawGraph(
  ids: readonly string[],
  order: readonly string[],
  edges: readonly Edge[],
  width: number,
): Drawing {
  const columns = Math.max(1, Math.floor((width + gap.x) / step.x))
  const drawing: Drawing = { nodes: [], width: node.width, height: 0 }
  const { groups, alone } = findGroups(ids, edges)
  const place = new Map(order.map((id, i) => [id, i]))
  for (const group of groups) {
    const sorted = group.toSorted((a, b) => place.get(a)! - place.get(b)!)
    append(drawing, placeRows(rowsOf(sorted, edges, columns), gap.y))
  }
  if (alone.length > 0) append(drawing, placeRows(chunks(alone, columns).map(spread), 10))
  return drawing
}

type Row = { id: string; column: number }[]

/** By rank, the longest way from a cell without inputs; a rank that is too wide takes several rows. */
function rowsOf(order: readonly string[], edges: readonly Edge[], columns: number): Row[] {
  const inputs = reduce(order, edges)
  const ranks: string[][] = []
  const rankOf = new Map<string, number>()
  for (const id of order) {
    const rank = Math.max(0, ...inputs.get(id)!.map((input) => rankOf.get(input)! + 1))
    rankOf.set(id, rank)
    ranks[rank] = [...(ranks[rank] ?? []), id]
  }
  const columnOf = new Map<string, number>()
  return ranks.flatMap((rank) => {
    const wanted = new Map(rank.map((id) => [id, mean(inputs.get(id)!.map((input) => columnOf.get(input)!))]))
    const sorted = rank.toSorted((a, b) => wanted.get(a)! - wanted.get(b)!)
    return chunks(sorted, columns).map((ids) => {
      const row = settle(ids, wanted, columns)
      for (const { id, column } of row) columnOf.set(id, column)
      return row
    })
  })
}

/** Each as near to its wanted column as those before it in the row, and the room for those after it, allow. */
function settle(ids: readonly string[], wanted: ReadonlyMap<string, number>, columns: number): Row {
  let next = 0
  return ids.map((id, i) => {
    const last = columns - (ids.length - i)
    const column = Math.min(Math.max(next, Math.round(wanted.get(id)!)), last)
    next = column + 1
    return { id, column }
  })
}

const mean = (values: readonly number[]) =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
const spread = (ids: readonly string[]): Row => ids.map((id, column) => ({ id, column }))

function placeRows(rows: readonly Row[], between: number): Drawing {
  const last = Math.max(0, ...rows.flatMap((row) => row.map(({ column }) => column)))
  return {
    nodes: rows.flatMap((row, i) =>
      row.map(({ id, column }) => ({
        id,
        x: node.width / 2 + column * step.x,
        y: node.height / 2 + i * (node.height + between),
      })),
    ),
    width: last * step.x + node.width,
    height: rows.length * (node.height + between) - between,
  }
}

/** Puts a part below what is there. */
function append(drawing: Drawing, part: Drawing) {
  const top = drawing.height === 0 ? 0 : drawing.height + apart
  drawing.nodes.push(...part.nodes.map((place) => ({ ...place, y: place.y + top })))
  drawing.width = Math.max(drawing.width, part.width)
  drawing.height = top + part.height
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  const count = Math.ceil(all.length / size)
  return Array.from({ length: count }, (_, i) => all.slice(i * size, (i + 1) * size))
}

/** Cells that lead to each other, and those without any edge; each in page order. */
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
