import { cellSource, setCellAttribute } from '../../../../lib/notebook/document'
import { say } from '../../notices'
import type { Scope } from '../actions/scope'
import type { createSelecting } from '../actions/select'
import { plural } from '../format'
import { only } from '../selection'
import { type Found, nextPlace, nothingFound, type Place } from './found'
import { type Match, matchesIn, mostMatches, patternOf, type Query, replacementOf } from './search'
import { toPlace } from './to-place'

/** Finding and replacing in the texts of all cells. */
export function createFinding(
  { session, store, document, ids, cell, editable }: Scope,
  { select, unfold }: ReturnType<typeof createSelecting>,
) {
  const sourceOf = (id: string) => {
    const shared = cell(id)
    return shared ? cellSource(shared).toString() : ''
  }

  function set(part: Partial<Found>) {
    const { found } = store.get()
    if (found) store.set({ found: { ...found, ...part } })
  }

  /** Looks again: the query or a text has changed. */
  function findAgain() {
    const { found } = store.get()
    if (!found) return
    let pattern: RegExp | undefined
    try {
      pattern = patternOf(found.query)
    } catch (error) {
      return set({ matches: {}, total: 0, current: undefined, error: (error as Error).message })
    }
    const matches: Record<string, readonly Match[]> = {}
    let total = 0
    for (const id of pattern ? ids() : []) {
      const inCell = matchesIn(sourceOf(id), pattern!, mostMatches - total)
      if (inCell.length === 0) continue
      const before = found.matches[id]
      matches[id] = before && JSON.stringify(before) === JSON.stringify(inCell) ? before : inCell
      total += inCell.length
    }
    const { current } = found
    const isThere = current && (matches[current.cellId]?.length ?? 0) > current.index
    set({ matches, total, current: isThere ? current : undefined, error: undefined })
  }

  function openFind() {
    const { selected, mode } = store.get()
    const inEditor =
      mode === 'edit' && selected !== undefined ? session.editors.get(selected)?.selection() : ''
    const text = inEditor || (window.getSelection()?.toString() ?? '')
    const found = store.get().found ?? nothingFound
    const isUsable = text.trim() !== '' && !text.includes('\n') && text.length < 200
    store.set({ found: isUsable ? { ...found, query: { ...found.query, text }, current: undefined } : found })
    findAgain()
    window.document.querySelector<HTMLInputElement>('[data-find-text]')?.select()
  }

  function closeFind() {
    store.set({ found: undefined })
    select(store.get().selected)
  }

  function setQuery(part: Partial<Query>) {
    const { found } = store.get()
    if (!found) return
    set({ query: { ...found.query, ...part }, current: undefined })
    findAgain()
    if (part.text !== undefined && part.text !== '') find(1)
  }

  /** Goes to the next or the previous match. */
  function find(by: 1 | -1) {
    const { found, selected } = store.get()
    const place = found && nextPlace(ids(), found, by, selected)
    if (place) go(place)
  }

  function go(place: Place) {
    const { cellId, index } = place
    unfold(cellId)
    if (store.get().attributes[cellId]?.codeHidden)
      setCellAttribute(document, cellId, 'codeHidden', undefined)
    // The bar keeps the focus.
    store.set({ ...only(cellId), mode: 'command' })
    set({ current: place })
    const match = store.get().found?.matches[cellId]?.[index]
    if (match) toPlace(cellId, sourceOf(cellId), match)
  }

  /** Replaces the current match, and goes to the next. */
  function replaceOne() {
    const { found, selected } = store.get()
    if (!found || !editable()) return
    const place = found.current ?? nextPlace(ids(), found, 1, selected)
    if (!place) return
    replaceIn(found, [[place.cellId, [found.matches[place.cellId]![place.index]!]]])
    findAgain()
    const left = store.get().found?.matches[place.cellId]
    // What was put in may match again; the next one is behind it.
    const at = found.matches[place.cellId]![place.index]!.at
    const next = left?.findIndex((match) => match.at >= at + found.replacement.length) ?? -1
    if (next >= 0) return go({ cellId: place.cellId, index: next })
    const after = ids()[ids().indexOf(place.cellId) + 1]
    set({ current: undefined })
    const following = nextPlace(ids(), { ...store.get().found!, current: undefined }, 1, after)
    if (following) go(following)
  }

  /** Replaces all matches, as one step for Z. */
  function replaceAll() {
    const { found } = store.get()
    if (!found || !editable() || found.total === 0) return
    const all = Object.entries(found.matches)
    replaceIn(found, all)
    findAgain()
    say(`${plural(found.total, 'place')} in ${plural(all.length, 'cell')} replaced. Z takes it back.`)
  }

  function replaceIn({ query, replacement }: Found, places: (readonly [string, readonly Match[]])[]) {
    const pattern = patternOf(query)
    if (!pattern) return
    document.transact(() => {
      for (const [id, matches] of places) {
        const source = sourceOf(id)
        const shared = cell(id)
        if (!shared) continue
        // From the end, so that the places in front stay where they are.
        for (const match of [...matches].reverse()) {
          const text = replacementOf(source, match, pattern, query, replacement)
          if (source.slice(match.at, match.at + match.length) === text) continue
          cellSource(shared).delete(match.at, match.length)
          cellSource(shared).insert(match.at, text)
        }
      }
    })
  }

  return {
    openFind,
    closeFind,
    setQuery,
    setReplacement: (replacement: string) => set({ replacement }),
    findAgain,
    find,
    replaceOne,
    replaceAll,
  }
}
