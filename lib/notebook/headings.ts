import type { Cell } from './document'

/** A heading of a Markdown cell. `level`: 1 to 6. */
export type Heading = { cellId: string; level: number; text: string }

/** The headings of a notebook's Markdown cells, in page order; those inside code fences are none. */
export function headingsOf(cells: readonly Cell[]): Heading[] {
  return cells.flatMap(({ id, kind, source }) => {
    if (kind !== 'markdown') return []
    let fence = ''
    return source.split('\n').flatMap((line) => {
      const edge = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
      if (edge && (fence === '' || edge.startsWith(fence))) fence = fence === '' ? edge : ''
      const found = fence === '' ? /^ {0,3}(#{1,6})[ \t]+(.+?)[ \t]*#*$/.exec(line) : null
      return found ? [{ cellId: id, level: found[1]!.length, text: found[2]!.replace(/[*_`]/g, '') }] : []
    })
  })
}

/** How many characters a text's first line begins with that make it a heading. */
export const headingMark = (source: string) =>
  /^ {0,3}#{1,6}(?:[ \t]+|(?=\n|$))/.exec(source)?.[0].length ?? 0
