import type { Edge } from '../../../../lib/notebook/graph/graph'
import type { Standing } from '../../../../lib/notebook/graph/validity'
import type { Warning } from '../../../../lib/notebook/graph/warnings'
import type { View } from '../view'

/** What the page shows of the graph. */
export type GraphView = {
  /** Cells that run, in page order. */
  ids: readonly string[]
  /** The same, inputs first. */
  order: readonly string[]
  edges: readonly Edge[]
  warnings: Readonly<Record<string, readonly Warning[]>>
  standings: Readonly<Record<string, Standing>>
  /** Names that each cell defines. */
  defs: Readonly<Record<string, readonly string[]>>
  /** Cells that fit a model. */
  trains: Readonly<Record<string, true>>
  /** What "Run stale" would begin with: everything stale, but manual cells. */
  stale: readonly string[]
}

export const emptyGraph: GraphView = {
  ids: [],
  order: [],
  edges: [],
  warnings: {},
  standings: {},
  defs: {},
  trains: {},
  stale: [],
}

/** Whether a cell shows that it should run again. */
export const isStale = (view: View, id: string) =>
  view.settings.reactivity !== 'off' && view.graph.standings[id]?.validity === 'stale'

/** `next`, with whatever is equal in `before` taken from there, so that what shows it is not drawn again. */
export function keepEqual<T>(
  before: Readonly<Record<string, T>>,
  next: Record<string, T>,
): Record<string, T> {
  for (const [key, value] of Object.entries(next)) {
    const old = before[key]
    if (old !== undefined && JSON.stringify(old) === JSON.stringify(value)) next[key] = old
  }
  return next
}
