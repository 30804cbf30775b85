import type { DeclaredNames } from './names'

/** A cell in page order with the names it declares. */
export type ScopeCell = { id: string; names: DeclaredNames }

/** Which cell a name of another cell means. */
export type NotebookScope = {
  /** The nearest cell above that declares the name, else the nearest below; undefined where no other cell does. */
  definer(name: string, cellId: string): string | undefined
  /** Every name that some cell declares. */
  names(): Iterable<string>
}

export function createScope(cells: readonly ScopeCell[]): NotebookScope {
  const places = new Map(cells.map(({ id }, index) => [id, index]))
  const definers = new Map<string, number[]>()
  for (const [index, { names }] of cells.entries())
    for (const name of names.declared.keys()) {
      const known = definers.get(name)
      if (known) known.push(index)
      else definers.set(name, [index])
    }
  return {
    definer(name, cellId) {
      const at = places.get(cellId)
      const indices = definers.get(name)
      if (at === undefined || !indices) return undefined
      const index = indices.findLast((each) => each < at) ?? indices.find((each) => each > at)
      return index === undefined ? undefined : cells[index]!.id
    },
    names: () => definers.keys(),
  }
}
