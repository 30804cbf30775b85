import type { Analysis } from './analysis'
import { findCycles } from './cycles'
import { findWarnings, type Warning } from './warnings'

export type GraphCell = { id: string; analysis: Analysis }

/** `to` uses names that `from` defines. */
export type Edge = { from: string; to: string; names: string[] }

/** Which cell depends on which, by the names they define and use. Cells in page order. */
export type Graph = {
  ids: readonly string[]
  edges: readonly Edge[]
  /**
   * The cells whose names a cell uses. In a cycle those above it only: there the page says what comes first.
   */
  inputs: ReadonlyMap<string, readonly string[]>
  /** The same the other way. */
  outputs: ReadonlyMap<string, readonly string[]>
  /** Inputs first, ties by page. */
  order: readonly string[]
  cycles: readonly (readonly string[])[]
  warnings: ReadonlyMap<string, readonly Warning[]>
}

/**
 * Builds the graph of cells in page order. A name that a cell uses comes from the nearest cell above that defines it,
 * else from the nearest below.
 */
export function createGraph(cells: readonly GraphCell[]): Graph {
  const ids = cells.map(({ id }) => id)
  const definers = findDefiners(cells)
  const edges = findEdges(cells, definers)
  const users = new Map(ids.map((id) => [id, [] as string[]]))
  for (const { from, to } of edges) users.get(from)!.push(to)
  const cycles = findCycles(ids, (id) => users.get(id)!)
  const { inputs, outputs } = link(ids, edges, cycles)
  const order = sort(ids, inputs)
  const warnings = findWarnings(cells, definers, edges, cycles)
  return { ids, edges, inputs, outputs, order, cycles, warnings }
}

/** All that depends on some cells, through any number of others; not these themselves. */
export function dependantsOf(
  { outputs, order }: Graph,
  ids: Iterable<string>,
  through: (id: string) => boolean = () => true,
): string[] {
  const from = new Set(ids)
  const found = new Set<string>()
  const left = [...from]
  while (left.length > 0) {
    for (const to of outputs.get(left.pop()!) ?? []) {
      if (found.has(to)) continue
      found.add(to)
      if (through(to)) left.push(to)
    }
  }
  return order.filter((id) => found.has(id) && !from.has(id))
}

/** Name → the indexes of the cells that define it, in page order. */
export type Definers = ReadonlyMap<string, readonly number[]>

function findDefiners(cells: readonly GraphCell[]): Definers {
  const definers = new Map<string, number[]>()
  for (const [i, { analysis }] of cells.entries())
    for (const name of analysis.defs) {
      const found = definers.get(name)
      if (found) found.push(i)
      else definers.set(name, [i])
    }
  return definers
}

function findEdges(cells: readonly GraphCell[], definers: Definers): Edge[] {
  return cells.flatMap(({ id, analysis }, i) => {
    const names = new Map<number, string[]>()
    for (const name of [...analysis.refs, ...analysis.globals]) {
      const from = nearest(definers.get(name), i)
      if (from === undefined || from === i) continue
      names.set(from, [...(names.get(from) ?? []), name])
    }
    return [...names]
      .sort(([a], [b]) => a - b)
      .map(([from, used]) => ({ from: cells[from]!.id, to: id, names: used }))
  })
}

/** The last one above, else the first below. */
function nearest(indexes: readonly number[] | undefined, at: number) {
  return indexes?.findLast((index) => index < at) ?? indexes?.find((index) => index >= at)
}

function link(ids: readonly string[], edges: readonly Edge[], cycles: readonly (readonly string[])[]) {
  const place = new Map(ids.map((id, i) => [id, i]))
  const group = new Map(cycles.flatMap((cycle, i) => cycle.map((id) => [id, i] as const)))
  const inputs = new Map(ids.map((id) => [id, [] as string[]]))
  const outputs = new Map(ids.map((id) => [id, [] as string[]]))
  for (const { from, to } of edges) {
    const inCycle = group.has(from) && group.get(from) === group.get(to)
    // Every cycle has an edge that leads up the page; without those, none is left.
    if (inCycle && place.get(from)! > place.get(to)!) continue
    inputs.get(to)!.push(from)
    outputs.get(from)!.push(to)
  }
  return { inputs, outputs }
}

function sort(ids: readonly string[], inputs: ReadonlyMap<string, readonly string[]>) {
  const order = new Set<string>()
  for (const id of ids) {
    const path = [id]
    while (path.length > 0) {
      const here = path.at(-1)!
      const missing = order.has(here) ? undefined : inputs.get(here)!.find((input) => !order.has(input))
      if (missing !== undefined) path.push(missing)
      else order.add(path.pop()!)
    }
  }
  return [...order]
}
