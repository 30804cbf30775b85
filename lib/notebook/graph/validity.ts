import type { CellState, NotebookState, Ran } from '../state'
import type { Graph } from './graph'
import { type Foreign, findForeign, findOverwritten } from './values'

/** A cell as the graph sees it, beside its names. */
export type NodeCell = { source: string; manual: boolean }

/**
 * `new`: it has not run in a kernel of this notebook. `fresh`: it ran with its text and the values of its inputs as they
 * are now. `failed`: that very text failed with these inputs. `stale`: something has changed since it ran, or the kernel
 * has, or a value that it used was not its input's.
 */
export type Validity = 'new' | 'fresh' | 'stale' | 'failed'

export type Standing = {
  validity: Validity
  /** Whether its names have values in the living kernel, perhaps old ones. */
  hasValue: boolean
  /** Manual cells of which it uses an old value. */
  lenders: readonly string[]
  /** Manual cells that must run before it can: they have no value. */
  needs: readonly string[]
  /** Of its names that others use, those that another cell has taken since: it must run again before they are used. */
  overwritten: readonly string[]
  /** What it used of other cells than its inputs when it ran. */
  foreign: readonly Foreign[]
}

/** How each cell stands. Pure: a page and web derive the same from the same text and events. */
export function validate(
  graph: Graph,
  cells: ReadonlyMap<string, NodeCell>,
  state: Pick<NotebookState, 'kernel' | 'position' | 'cells'>,
): ReadonlyMap<string, Standing> {
  const standings = new Map<string, Standing>()
  const epoch = livingEpoch(state)
  const overwritten = findOverwritten(graph.edges, state.cells, epoch)
  const foreign = findForeign(graph, state.cells, epoch)
  for (const id of graph.order) {
    const more = { overwritten: overwritten.get(id) ?? none, foreign: foreign.get(id) ?? none }
    standings.set(id, standingOf(id, graph, cells, state.cells, epoch, standings, more))
  }
  return standings
}

const none: readonly never[] = []

/** The number of the kernel's life, undefined when none lives. */
export function livingEpoch({ kernel, position }: Pick<NotebookState, 'kernel' | 'position'>) {
  return kernel.state === 'idle' || kernel.state === 'busy' || kernel.state === 'starting'
    ? position.epoch
    : undefined
}

function standingOf(
  id: string,
  graph: Graph,
  cells: ReadonlyMap<string, NodeCell>,
  states: Readonly<Record<string, CellState>>,
  epoch: number | undefined,
  standings: ReadonlyMap<string, Standing>,
  more: Pick<Standing, 'overwritten' | 'foreign'>,
): Standing {
  const inputs = graph.inputs.get(id)!
  const needs = [...new Set(inputs.flatMap((input) => needsOf(input, cells, standings)))]
  const ran = states[id]?.ran
  // An example is shown with the outputs of a run elsewhere, epoch 0.
  if (!ran || ran.epoch === 0) return { validity: 'new', hasValue: false, lenders: [], needs, ...more }
  const lives = ran.epoch === epoch
  const hasValue = lives && ran.ended === 'done'
  const isOld = (input: string) => standings.get(input)!.validity !== 'fresh'
  const lenders = inputs.filter((input) => ran.lent?.includes(input) && isOld(input))
  const holds = (input: string) => {
    const before = states[input]?.ran
    const isBefore = before !== undefined && before.order < ran.order
    return isBefore && (!isOld(input) || (lenders.includes(input) && standings.get(input)!.hasValue))
  }
  const isCurrent =
    lives &&
    ran.source === cells.get(id)!.source &&
    isSameSet(ran.inputs, inputs) &&
    more.foreign.length === 0 &&
    inputs.every(holds)
  if (!isCurrent) return { validity: 'stale', hasValue, lenders: [], needs, ...more }
  const failed = ran.ended === 'failed' || ran.ended === 'interrupted'
  return { validity: failed ? 'failed' : 'fresh', hasValue, lenders, needs, ...more }
}

/** The manual cells without a value at or behind an input. */
function needsOf(
  input: string,
  cells: ReadonlyMap<string, NodeCell>,
  standings: ReadonlyMap<string, Standing>,
): readonly string[] {
  const { validity, hasValue, needs } = standings.get(input)!
  if (cells.get(input)!.manual) return hasValue ? [] : [input]
  return validity === 'fresh' ? [] : needs
}

const isSameSet = (a: Ran['inputs'], b: readonly string[]) =>
  a.length === b.length && a.every((id) => b.includes(id))
