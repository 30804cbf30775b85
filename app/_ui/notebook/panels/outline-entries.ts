import type { CellKind } from '../../../../lib/notebook/document'
import type { Heading } from '../../../../lib/notebook/headings'
import type { CellTitle } from '../cell-titles'

/** A line of the outline. `place`: where its cell stands, from 0. */
export type OutlineEntry = { cellId: string; place: number; depth: number; text: string; isCode: boolean }

type Notebook = {
  titles: readonly CellTitle[]
  headings: readonly Heading[]
  kinds: Readonly<Record<string, CellKind>>
  defs: Readonly<Record<string, readonly string[]>>
}

/** Headings, and one step below them the cells that run: by the names they define, else by their first line. */
export function outlineOf({ titles, headings, kinds, defs }: Notebook): OutlineEntry[] {
  const top = Math.min(...headings.map(({ level }) => level), 6)
  let depth = 0
  return titles.flatMap(({ id, title }, place): OutlineEntry[] => {
    if (kinds[id] === 'markdown') {
      const own = headings.filter(({ cellId }) => cellId === id)
      return own.map(({ level, text }) => {
        depth = level - top + 1
        return { cellId: id, place, depth: depth - 1, text, isCode: false }
      })
    }
    const text = defs[id]?.length ? defs[id].join(', ') : title
    return text === '' ? [] : [{ cellId: id, place, depth, text, isCode: true }]
  })
}
