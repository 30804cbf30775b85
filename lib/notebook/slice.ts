import type { Cell } from './document'
import { executedText } from './executed-text'
import { analyse, isExecuted } from './graph/analyse'
import { type Analysis, noNames } from './graph/analysis'
import { createGraph } from './graph/graph'

/**
 * What made a cell's values: the cell, all whose names it uses, and those above it that change these (a training, an
 * assignment), through any number of others, in the order in which they run. Empty where there is no such cell. A cell
 * that cannot be understood uses nobody's names.
 */
export function sliceOf<T extends Cell>(cells: readonly T[], cellId: string): T[] {
  const executed = cells.filter((cell) => isExecuted(cell.kind) && executedText(cell) !== '')
  const nodes = executed.map((cell) => {
    const analysis = analyse(cell.kind, executedText(cell))
    return { id: cell.id, analysis: analysis instanceof Error ? noNames() : analysis }
  })
  const graph = createGraph(nodes)
  const above = nodes.slice(
    0,
    nodes.findIndex(({ id }) => id === cellId),
  )
  const wanted = new Set<string>()
  const take = (first: string) => {
    const left = [first]
    while (left.length > 0) {
      const id = left.pop()!
      if (wanted.has(id)) continue
      wanted.add(id)
      left.push(...(graph.inputs.get(id) ?? []))
    }
  }
  take(cellId)
  for (let before = 0; before < wanted.size; ) {
    before = wanted.size
    const names = new Set(nodes.filter(({ id }) => wanted.has(id)).flatMap(({ analysis }) => analysis.defs))
    for (const { id, analysis } of above) if (!wanted.has(id) && changes(analysis, names)) take(id)
  }
  const byId = new Map(executed.map((cell) => [cell.id, cell]))
  return graph.order.flatMap((id) => (wanted.has(id) ? (byId.get(id) ?? []) : []))
}

/** Whether a cell gives others' names another value, or trains one of them. */
const changes = ({ assigns, refs, trains }: Analysis, names: ReadonlySet<string>) =>
  assigns.some((name) => names.has(name)) || (trains && refs.some((name) => names.has(name)))
