import { type RefObject, useEffect } from 'react'
import { useSession, useView } from '../context'
import { markRanges, rangesAt, rangesOf } from './marks'
import { type Match, patternOfFound } from './search'

const none: readonly Match[] = []

/** What the find bar found in a cell, and which of it is the current match. */
export function useFound(id: string) {
  const matches = useView((view) => view.found?.matches[id] ?? none)
  const current = useView(({ found }) => (found?.current?.cellId === id ? found.current.index : undefined))
  return { matches, current }
}

/** Marks what was found in a cell's text as it stands in an element, while `shown`. */
export function useMarkedText(
  element: RefObject<HTMLElement | null>,
  id: string,
  shown: boolean,
  source: string,
) {
  const { matches, current } = useFound(id)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another source is another text in the element
  useEffect(() => {
    const text = element.current?.querySelector('[data-text]')
    if (!shown || !text || matches.length === 0) return
    const ranges = rangesAt(text, matches)
    return markRanges(ranges, current === undefined ? undefined : ranges[current])
  }, [element, shown, matches, current, source])
}

/** Marks what was found in rendered Markdown. */
export function useMarkedRendering(element: RefObject<HTMLElement | null>, id: string, source: string) {
  const { store } = useSession()
  const { matches, current } = useFound(id)
  useEffect(() => {
    const { found } = store.get()
    if (!element.current || !found || matches.length === 0) return
    const pattern = patternOfFound(found.query, source, matches)
    const ranges = pattern ? rangesOf(element.current, pattern) : []
    return markRanges(
      ranges,
      current === undefined ? undefined : ranges[Math.min(current, ranges.length - 1)],
    )
  }, [element, store, matches, current, source])
}

/** Marks what was found in a cell's editor, once it is there. */
export function useMarkedEditor(id: string, mounted: boolean) {
  const { editors } = useSession()
  const { matches, current } = useFound(id)
  useEffect(() => {
    if (mounted) editors.get(id)?.mark(matches, current)
  }, [editors, id, mounted, matches, current])
}
