import { metrics } from '../editor-metrics'
import type { Match } from './search'

/** Scrolls so that a place of a cell's text is in sight, below the find bar. */
export function toPlace(cellId: string, source: string, { at }: Match) {
  const scroller = document.querySelector<HTMLElement>('[data-scroller]')
  const card = document.querySelector<HTMLElement>(`[data-cell-id="${cellId}"]`)
  if (!scroller || !card) return
  const line = source.slice(0, at).split('\n').length - 1
  const isCode = card.dataset.kind !== 'markdown'
  const top = card.getBoundingClientRect().top + (isCode ? metrics.paddingY + line * metrics.lineHeight : 0)
  const area = scroller.getBoundingClientRect()
  const isSeen = top > area.top + 110 && top < area.bottom - 60
  if (!isSeen) scroller.scrollBy({ top: top - area.top - area.height * 0.4 })
}
