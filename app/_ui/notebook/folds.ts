import type { CellAttributes } from '../../../lib/notebook/document'
import type { Heading } from '../../../lib/notebook/headings'

type Sections = {
  ids: readonly string[]
  headings: readonly Heading[]
  attributes: Readonly<Record<string, CellAttributes>>
}

/** The highest heading of each cell that has one: 1 to 6. */
export function sectionLevels(headings: readonly Heading[]): Map<string, number> {
  const levels = new Map<string, number>()
  for (const { cellId, level } of headings) levels.set(cellId, Math.min(level, levels.get(cellId) ?? 6))
  return levels
}

/** Cells out of sight, because the section they stand in is folded → the cell of its outermost folded heading. */
export function foldedCells({ ids, headings, attributes }: Sections): Record<string, string> {
  const levels = sectionLevels(headings)
  const folded: Record<string, string> = {}
  let open: { id: string; level: number } | undefined
  for (const id of ids) {
    const level = levels.get(id)
    if (open && level !== undefined && level <= open.level) open = undefined
    if (open) folded[id] = open.id
    else if (level !== undefined && attributes[id]?.sectionFolded) open = { id, level }
  }
  return folded
}

/** The headings that have to be unfolded to see a cell. */
export function foldsOver({ ids, headings, attributes }: Sections, cellId: string): string[] {
  const levels = sectionLevels(headings)
  const over: { id: string; level: number }[] = []
  for (const id of ids) {
    const level = levels.get(id)
    while (level !== undefined && over.length > 0 && over.at(-1)!.level >= level) over.pop()
    if (id === cellId) return over.filter((heading) => attributes[heading.id]?.sectionFolded).map((h) => h.id)
    if (level !== undefined) over.push({ id, level })
  }
  return []
}
