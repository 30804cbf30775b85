import { matchesIn } from './search'

const all = 'cellar-found'
const one = 'cellar-found-current'

/**
 * Marks places in the text that an element shows, without touching its elements. Returns what takes the marks away.
 * Browsers without custom highlights mark only what an editor shows.
 */
export function markRanges(ranges: readonly Range[], current?: Range): () => void {
  if (typeof Highlight === 'undefined' || ranges.length === 0) return () => {}
  const highlight = highlightOf(all)
  const ofCurrent = highlightOf(one)
  for (const range of ranges) highlight.add(range)
  if (current) ofCurrent.add(current)
  return () => {
    for (const range of ranges) highlight.delete(range)
    if (current) ofCurrent.delete(current)
  }
}

function highlightOf(name: string): Highlight {
  const known = CSS.highlights.get(name) ?? new Highlight()
  if (name === one) known.priority = 1
  CSS.highlights.set(name, known)
  return known
}

/** The ranges of an element's text that stand at these UTF-16 offsets, in ascending order. */
export function rangesAt(element: Node, places: readonly { at: number; length: number }[]): Range[] {
  const texts = textsOf(element)
  let from = 0
  let i = 0
  return places.flatMap(({ at, length }) => {
    while (i < texts.length && from + texts[i]!.length <= at) from += texts[i++]!.length
    const range = document.createRange()
    let [j, start] = [i, from]
    while (j < texts.length && start + texts[j]!.length < at + length) start += texts[j++]!.length
    if (i >= texts.length || j >= texts.length) return []
    range.setStart(texts[i]!, at - from)
    range.setEnd(texts[j]!, at + length - start)
    return [range]
  })
}

/** What a pattern finds in rendered text, where offsets of the source mean nothing. */
export const rangesOf = (element: Node, pattern: RegExp): Range[] =>
  textsOf(element).flatMap((text) => rangesAt(text, matchesIn(text.data, pattern, 200)))

function textsOf(element: Node): Text[] {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  const texts: Text[] = element instanceof Text ? [element] : []
  while (walker.nextNode()) texts.push(walker.currentNode as Text)
  return texts
}
