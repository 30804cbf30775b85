import type { CellAttributes } from './document'
import { longestIncreasing } from './longest-increasing'
import type { RevisionCell, RevisionContent } from './revision-content'

/** What became of a cell between two contents. `moved`: it stands elsewhere among the cells that both have. */
export type CellChange =
  | { type: 'added'; after: RevisionCell }
  | { type: 'removed'; before: RevisionCell }
  | { type: 'changed'; before: RevisionCell; after: RevisionCell; moved: boolean }
  | { type: 'moved'; after: RevisionCell }
  | { type: 'same'; after: RevisionCell }

export type Comparison = {
  /** In page order of what came after; what was removed follows the cell that it followed. */
  cells: CellChange[]
  /** What else differs, as sentences: `reactivity: stale → off`. */
  settings: string[]
}

/** What changed from one content to another, cell by cell. */
export function compareContents(before: RevisionContent, after: RevisionContent): Comparison {
  const places = new Map(before.cells.map(({ id }, index) => [id, index]))
  const later = new Set(after.cells.map(({ id }) => id))
  const common = after.cells.filter(({ id }) => places.has(id))
  const inPlace = longestIncreasing(common.map(({ id }) => places.get(id)!))
  const moved = new Set(common.filter((_, index) => !inPlace.has(index)).map(({ id }) => id))
  const cells: CellChange[] = []
  const removedAfter = (place: number) => {
    for (let at = place; at < before.cells.length && !later.has(before.cells[at]!.id); at++)
      cells.push({ type: 'removed', before: before.cells[at]! })
  }
  removedAfter(0)
  for (const cell of after.cells) {
    const place = places.get(cell.id)
    if (place === undefined) {
      cells.push({ type: 'added', after: cell })
      continue
    }
    const old = before.cells[place]!
    const isMoved = moved.has(cell.id)
    if (!readAlike(old, cell)) cells.push({ type: 'changed', before: old, after: cell, moved: isMoved })
    else cells.push({ type: isMoved ? 'moved' : 'same', after: cell })
    removedAfter(place + 1)
  }
  return { cells, settings: changedSettings(before, after) }
}

const readAlike = (a: RevisionCell, b: RevisionCell) =>
  a.kind === b.kind && a.source === b.source && changedAttributes(a, b).length === 0

/** Names of what two cells are marked with differently. */
export const changedAttributes = (a: RevisionCell, b: RevisionCell): (keyof CellAttributes)[] => {
  const names = new Set([...Object.keys(a.attributes), ...Object.keys(b.attributes)])
  return [...(names as Set<keyof CellAttributes>)].filter((name) => a.attributes[name] !== b.attributes[name])
}

function changedSettings(before: RevisionContent, after: RevisionContent): string[] {
  const names = Object.keys(after.settings) as (keyof RevisionContent['settings'])[]
  const changed = names
    .filter((name) => before.settings[name] !== after.settings[name])
    .map((name) => `${name}: ${before.settings[name]} → ${after.settings[name]}`)
  const packages = JSON.stringify(before.environment) !== JSON.stringify(after.environment)
  return packages ? [...changed, 'the packages or their lockfile'] : changed
}
