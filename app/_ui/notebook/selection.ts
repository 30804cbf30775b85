/** The cells that keys act on: the one with the focus, and further ones beside it. */
export type Selection = {
  selected: string | undefined
  /** Further selected cells; none while one cell is edited. */
  also: ReadonlySet<string>
  /** Where a range that Shift extends begins. */
  anchor: string | undefined
}

const none: ReadonlySet<string> = new Set()

/** One cell, or none. */
export const only = (id: string | undefined): Selection => ({ selected: id, also: none, anchor: id })

/** Several cells, the first with the focus. */
export function several(ids: readonly string[]): Selection {
  const [first, ...also] = ids
  return { selected: first, also: new Set(also), anchor: first }
}

/** All selected cells, in page order. */
export function chosenCells({ ids, selected, also }: Selection & { ids: readonly string[] }): string[] {
  if (also.size === 0) return selected !== undefined && ids.includes(selected) ? [selected] : []
  return ids.filter((id) => id === selected || also.has(id))
}

/** Whether a cell is one of several selected ones. */
export const isOneOfSeveral = ({ selected, also }: Selection, id: string) =>
  also.size > 0 && (selected === id || also.has(id))

/** The range from the anchor to a cell, which gets the focus. */
export function extendedTo(before: Selection & { ids: readonly string[] }, id: string): Selection {
  const { ids, selected, anchor } = before
  const from = ids.indexOf(anchor ?? selected ?? id)
  const to = ids.indexOf(id)
  if (from < 0 || to < 0) return only(id)
  const range = ids.slice(Math.min(from, to), Math.max(from, to) + 1)
  return { selected: id, also: new Set(range.filter((other) => other !== id)), anchor: ids[from] }
}

/** With a cell added, or taken away where it was selected; the last one stays. */
export function toggled(before: Selection & { ids: readonly string[] }, id: string): Selection {
  const chosen = chosenCells(before)
  if (!chosen.includes(id)) return { selected: id, also: new Set(chosen), anchor: id }
  const left = chosen.filter((other) => other !== id)
  if (left.length === 0) return only(id)
  const { selected } = before
  const focus = selected !== undefined && left.includes(selected) ? selected : left.at(-1)!
  return { selected: focus, also: new Set(left.filter((other) => other !== focus)), anchor: focus }
}
