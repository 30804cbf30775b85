import type { NotebookState } from '../state'
import { dependantsOf, type Graph } from './graph'
import { livingEpoch, type NodeCell, type Standing, validate } from './validity'

/** Executions in order. */
export type Plan = {
  steps: Step[]
  /** Asked cells that cannot run: these manual cells have to run first. */
  blocked: { cellId: string; by: string[] }[]
}

export type Step = {
  cellId: string
  /** The cells whose names it uses. */
  inputs: readonly string[]
  /** Of these, manual ones that are stale and lend their old value. */
  lent: string[]
}

export type Planner = {
  standings: ReadonlyMap<string, Standing>
  /** Cells that a person asked for, after those of their inputs that are not fresh. */
  cells(asked: readonly string[]): Plan
  /** These as they come, and nothing else. */
  asGiven(asked: readonly string[]): Plan
  /** Everything stale, but manual cells. */
  stale(): Plan
  /** All that depends on some cells, but manual cells and what is behind them. */
  dependants(ids: readonly string[]): Plan
  /** The cells that use a name of a cell, and all that depends on these. */
  usersOf(cellId: string, name: string): Plan
  /** Cells and all that depends on them. */
  cellsAndDependants(asked: readonly string[]): Plan
  /** After an edit of cells: these, all that depends on them, and what other cells' names came from elsewhere before. */
  edited(ids: readonly string[]): Plan
}

/** Plans executions over a graph. `state` says what has run, and what waits. */
export function createPlanner(
  graph: Graph,
  cells: ReadonlyMap<string, NodeCell>,
  state: NotebookState,
): Planner {
  const standings = validate(graph, cells, state)
  const isManual = (id: string) => cells.get(id)!.manual
  /** Its present text has not run yet; an emptied cell runs once more, so that its names go. */
  const isUndone = (id: string) => {
    const { validity } = standings.get(id)!
    const { source } = cells.get(id)!
    if (validity === 'new' && source.trim() === '') return false
    return (validity === 'new' || validity === 'stale') && !waits(state, id, source)
  }
  const after = (ids: readonly string[]) =>
    dependantsOf(graph, ids, (id) => !isManual(id)).filter((id) => !isManual(id))
  const plan = (asked: readonly string[]) => makePlan(graph, cells, state, standings, asked)

  return {
    standings,
    cells: plan,
    asGiven(asked) {
      const steps = asked.map((cellId) => ({ cellId, inputs: graph.inputs.get(cellId) ?? [], lent: [] }))
      return { steps, blocked: [] }
    },
    stale: () => plan(graph.ids.filter((id) => standings.get(id)!.validity === 'stale' && !isManual(id))),
    dependants: (ids) => plan(after(ids)),
    usersOf(cellId, name) {
      const users = graph.edges.flatMap(({ from, to, names }) =>
        from === cellId && names.includes(name) && !isManual(to) ? [to] : [],
      )
      return plan([...users, ...after(users)])
    },
    cellsAndDependants: (asked) => plan([...asked, ...after(asked)]),
    edited(ids) {
      const moved = graph.ids.filter((id) => {
        const ran = state.cells[id]?.ran
        return ran && standings.get(id)!.hasValue && !isSame(ran.inputs, graph.inputs.get(id)!)
      })
      const first = [...ids, ...moved].filter((id) => cells.has(id) && isUndone(id))
      const wanted = first.filter((id) => !isManual(id))
      return plan([...new Set([...wanted, ...after(first)])])
    },
  }
}

const isSame = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((id) => b.includes(id))

/** What becomes of a cell: it runs, it need not, its old value is used, or manual cells keep it from running. */
type Fate = 'runs' | 'rests' | 'lends' | { by: string[] }

function makePlan(
  graph: Graph,
  cells: ReadonlyMap<string, NodeCell>,
  state: NotebookState,
  standings: ReadonlyMap<string, Standing>,
  askedIds: readonly string[],
): Plan {
  const asked = new Set(askedIds.filter((id) => cells.has(id)))
  const fates = new Map<string, Fate>()
  /** Those that some cell which runs needs. */
  const included = new Set<string>()

  const namesBetween = new Map(graph.edges.map(({ from, to, names }) => [`${from} ${to}`, names]))
  /** Whether a name that one cell uses of another has a third one's value by now. */
  const isLost = (input: string, id: string) =>
    standings.get(input)!.overwritten.some((name) => namesBetween.get(`${input} ${id}`)?.includes(name)) &&
    !waits(state, input, cells.get(input)!.source)

  // Inputs come first in `order`: no recursion, however long the chain.
  for (const id of graph.order) fates.set(id, fateOf(id))
  function fateOf(id: string): Fate {
    const inputs = graph.inputs.get(id)!.map((input) => [input, fates.get(input)!] as const)
    const stops = ([input, fate]: (typeof inputs)[number]) => {
      if (typeof fate === 'object') return fate.by
      return fate !== 'runs' && cells.get(input)!.manual && isLost(input, id) ? [input] : []
    }
    const by = [...new Set(inputs.flatMap(stops))]
    if (asked.has(id)) return by.length > 0 ? { by } : 'runs'
    const { validity, hasValue } = standings.get(id)!
    const isMoved = inputs.some(([, fate]) => fate === 'runs')
    const isWaiting = waits(state, id, cells.get(id)!.source)
    if (!isMoved && (validity === 'fresh' || isWaiting)) return 'rests'
    if (cells.get(id)!.manual) return hasValue ? 'lends' : isWaiting ? 'rests' : { by: [id] }
    return by.length > 0 ? { by } : 'runs'
  }

  for (const id of graph.order.toReversed()) {
    if (fates.get(id) !== 'runs' || !(asked.has(id) || included.has(id))) continue
    included.add(id)
    for (const input of graph.inputs.get(id)!) {
      included.add(input)
      // It need not run for itself, but its value is gone.
      if (fates.get(input) === 'rests' && isLost(input, id)) fates.set(input, 'runs')
    }
  }
  const steps = graph.order
    .filter((id) => included.has(id) && fates.get(id) === 'runs')
    .map((cellId) => {
      const inputs = graph.inputs.get(cellId)!
      return { cellId, inputs, lent: inputs.filter((input) => fates.get(input) === 'lends') }
    })
  const blocked = graph.ids.flatMap((cellId) => {
    const fate = fates.get(cellId)
    return asked.has(cellId) && typeof fate === 'object' ? [{ cellId, by: fate.by }] : []
  })
  return { steps, blocked }
}

/** Whether an execution of this very text waits or runs already. */
function waits(state: NotebookState, id: string, source: string) {
  const cell = livingEpoch(state) === undefined ? undefined : state.cells[id]
  if (cell?.state === 'queued') return cell.asked?.source === source
  return cell?.state === 'running' && cell.ran?.source === source
}
