import type { Definers, Edge, GraphCell } from './graph'

/** What is odd about a cell's names, and which other cells are concerned. It never keeps a cell from running. */
export type Warning =
  /** Other cells define the same name. */
  | { kind: 'double'; name: string; cells: string[] }
  /** The cell assigns a name that others define. */
  | { kind: 'assigns'; name: string; cells: string[] }
  /** Others assign a name that the cell defines. */
  | { kind: 'assigned'; name: string; cells: string[] }
  /** The cells of the cycle that it is in, itself too, and the names that lead around. */
  | { kind: 'cycle'; names: string[]; cells: string[] }
  /** It uses a name that is defined further down only. */
  | { kind: 'below'; name: string; cells: string[] }
  /** It uses a name that no cell defines. */
  | { kind: 'missing'; name: string; cells: string[] }

export function findWarnings(
  cells: readonly GraphCell[],
  definers: Definers,
  edges: readonly Edge[],
  cycles: readonly (readonly string[])[],
): ReadonlyMap<string, readonly Warning[]> {
  const warnings = new Map<string, Warning[]>()
  const warn = (id: string, warning: Warning) => {
    const found = warnings.get(id)
    if (found) found.push(warning)
    else warnings.set(id, [warning])
  }
  const idsAt = (indexes: readonly number[], without: number) =>
    indexes.filter((index) => index !== without).map((index) => cells[index]!.id)

  for (const cycle of cycles) {
    const members = new Set(cycle)
    const inside = edges.filter(({ from, to }) => members.has(from) && members.has(to))
    const names = [...new Set(inside.flatMap((edge) => edge.names))]
    for (const id of cycle) warn(id, { kind: 'cycle', names, cells: [...cycle] })
  }
  for (const [name, indexes] of definers) {
    if (indexes.length < 2 || isSameImport(cells, name, indexes)) continue
    for (const index of indexes)
      warn(cells[index]!.id, { kind: 'double', name, cells: idsAt(indexes, index) })
  }
  for (const [i, { id, analysis }] of cells.entries()) {
    for (const name of analysis.assigns) {
      const indexes = definers.get(name)
      if (!indexes) continue
      warn(id, { kind: 'assigns', name, cells: idsAt(indexes, i) })
      for (const index of indexes) warn(cells[index]!.id, { kind: 'assigned', name, cells: [id] })
    }
    for (const name of analysis.refs) {
      const indexes = definers.get(name)
      if (!indexes) warn(id, { kind: 'missing', name, cells: [] })
      else if (indexes[0]! > i && !inOneCycle(cycles, id, cells[indexes[0]!]!.id))
        warn(id, { kind: 'below', name, cells: [cells[indexes[0]!]!.id] })
    }
  }
  return warnings
}

const inOneCycle = (cycles: readonly (readonly string[])[], a: string, b: string) =>
  cycles.some((cycle) => cycle.includes(a) && cycle.includes(b))

/** Whether all of them import the same thing of the same module: then it does not matter which one counts. */
function isSameImport(cells: readonly GraphCell[], name: string, indexes: readonly number[]) {
  const [first, ...others] = indexes.map((index) => cells[index]!.analysis.imports[name])
  return first !== undefined && others.every((other) => other === first)
}
