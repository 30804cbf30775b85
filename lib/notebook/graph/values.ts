import type { CellState } from '../state'
import type { Edge, Graph } from './graph'

/**
 * Whose values names have. Where two cells define one name, the one that ran last gives it its value, whichever of them
 * the graph means; a kernel says with each execution what it used and what it took (`ExecutionNames`).
 */

/** A name whose value was not its input's, but that of the cells in `givenBy`, of those that are still there. */
export type Foreign = { name: string; input: string; givenBy: readonly string[] }

type States = Readonly<Record<string, CellState>>

/** Cell → what it used of other cells than its inputs when it ran in this life of the kernel. */
export function findForeign({ edges, inputs }: Graph, states: States, epoch: number | undefined) {
  const found = new Map<string, Foreign[]>()
  for (const { from, to, names } of edges) {
    const ran = states[to]?.ran
    // Against the page, inside a cycle: nobody waits for that value.
    if (!ran?.names || ran.epoch !== epoch || !inputs.get(to)!.includes(from)) continue
    for (const name of names) {
      const givenBy = ran.names.used[name]
      if (!givenBy || givenBy.includes(from)) continue
      const left = givenBy.filter((id) => inputs.has(id))
      found.set(to, [...(found.get(to) ?? []), { name, input: from, givenBy: left }])
    }
  }
  return found
}

/** Cell → its names whose value another has taken since it ran. */
export function findOverwritten(edges: readonly Edge[], states: States, epoch: number | undefined) {
  const found = new Map<string, string[]>()
  const takers = lastTakers(states, epoch)
  if (takers.size === 0) return found
  for (const { from, names } of edges) {
    const ran = states[from]?.ran
    if (!ran || ran.epoch !== epoch) continue
    for (const name of names) {
      const taker = takers.get(name)
      if (!taker || taker.id === from || taker.order < ran.order || found.get(from)?.includes(name)) continue
      found.set(from, [...(found.get(from) ?? []), name])
    }
  }
  return found
}

/** Name → the cell that took it last. */
function lastTakers(states: States, epoch: number | undefined) {
  const takers = new Map<string, { id: string; order: number }>()
  for (const [id, { ran }] of Object.entries(states)) {
    if (!ran?.names || ran.epoch !== epoch) continue
    for (const name of ran.names.took)
      if (ran.order > (takers.get(name)?.order ?? -1)) takers.set(name, { id, order: ran.order })
  }
  return takers
}
