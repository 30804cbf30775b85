import { cellSource, setCellAttribute } from '../../../../lib/notebook/document'
import { say } from '../../notices'
import type { Scope } from '../actions/scope'
import type { createSelecting } from '../actions/select'
import { plural } from '../format'
import { only } from '../selection'
import { type Found, nextPlace, nothingFound, type Place } from './found'
import { type Match, patternOf, type Query, replacementOf, searchTexts } from './search'
import { createSearcher, startSearchWorker, TookTooLong } from './searcher'
import { toPlace } from './to-place'

/** What is shown while nothing is found. */
const nothing = { matches: {}, total: 0, current: undefined, fault: undefined, searching: false } as const

const faultOf = (error: Error) => {
  if (error instanceof SyntaxError) return { title: 'not an expression', text: error.message }
  if (error instanceof TookTooLong)
    return {
      title: 'stopped',
      text: 'The expression took more than a second. Repetitions inside of repetitions, like (a+)+, try every way to divide a text: write it without them.',
    }
  return { title: 'not searched', text: `${error.message}. Reload the page.` }
}

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

  const searcher = createSearcher(startSearchWorker)
  let latest = 0
  /** The texts in which the shown matches stand. */
  let searched = new Map<string, string>()

  /** What a query finds, and in which texts; undefined if it was asked for again meanwhile, or cannot be found. */
  async function look(query: Query, turn: number) {
    const texts = ids().map((id) => [id, sourceOf(id)] as const)
    const show = setTimeout(() => turn === latest && set({ searching: true }), 200)
    try {
      patternOf(query)
      const matches = await (query.isRegExp ? searcher.search({ query, texts }) : searchTexts(query, texts))
      if (matches && turn === latest) return { matches, texts: new Map(texts) }
    } catch (error) {
      if (turn === latest) set({ ...nothing, fault: faultOf(error as Error) })
    } finally {
      clearTimeout(show)
    }
    return undefined
  }

  /** Looks again: the query or a text has changed. Resolves to whether matches of the texts as they are now are shown. */
  async function findAgain(): Promise<boolean> {
    const asked = store.get().found
    if (!asked) return false
    const looked = await look(asked.query, ++latest)
    const { found } = store.get()
    if (!looked || !found) return false
    const matches: Record<string, readonly Match[]> = {}
    for (const [id, inCell] of Object.entries(looked.matches)) {
      const before = found.matches[id]
      matches[id] = before && JSON.stringify(before) === JSON.stringify(inCell) ? before : inCell
    }
    searched = looked.texts
    const total = Object.values(matches).reduce((sum, { length }) => sum + length, 0)
    const { current } = found
    const isThere = current && (matches[current.cellId]?.length ?? 0) > current.index
    set({ ...nothing, matches, total, current: isThere ? current : undefined })
    return true
  }

  function openFind() {
    const { selected, mode } = store.get()
    const inEditor =
      mode === 'edit' && selected !== undefined ? session.editors.get(selected)?.selection() : ''
    const text = inEditor || (window.getSelection()?.toString() ?? '')
    const found = store.get().found ?? nothingFound
    const isUsable = text.trim() !== '' && !text.includes('\n') && text.length < 200
    store.set({ found: isUsable ? { ...found, query: { ...found.query, text }, current: undefined } : found })
    void findAgain()
    window.document.querySelector<HTMLInputElement>('[data-find-text]')?.select()
  }

  function closeFind() {
    latest++
    searcher.close()
    store.set({ found: undefined })
    select(store.get().selected)
  }

  async function setQuery(part: Partial<Query>) {
    const { found } = store.get()
    if (!found) return
    set({ query: { ...found.query, ...part }, current: undefined })
    if ((await findAgain()) && part.text !== undefined && part.text !== '') find(1)
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
  async function replaceOne() {
    if (!editable() || !(await findAgain())) return
    const { found, selected } = store.get()
    const place = found && (found.current ?? nextPlace(ids(), found, 1, selected))
    if (!place) return
    const { at } = found.matches[place.cellId]![place.index]!
    replaceIn(found, [[place.cellId, [found.matches[place.cellId]![place.index]!]]])
    if (!(await findAgain())) return
    const left = store.get().found?.matches[place.cellId]
    // What was put in may match again; the next one is behind it.
    const next = left?.findIndex((match) => match.at >= at + found.replacement.length) ?? -1
    if (next >= 0) return go({ cellId: place.cellId, index: next })
    const after = ids()[ids().indexOf(place.cellId) + 1]
    set({ current: undefined })
    const following = nextPlace(ids(), { ...store.get().found!, current: undefined }, 1, after)
    if (following) go(following)
  }

  /** Replaces all matches, as one step for Z. */
  async function replaceAll() {
    if (!editable() || !(await findAgain())) return
    const { found } = store.get()
    if (!found || found.total === 0) return
    const all = Object.entries(found.matches)
    replaceIn(found, all)
    void findAgain()
    say(`${plural(found.total, 'place')} in ${plural(all.length, 'cell')} replaced. Z takes it back.`)
  }

  function replaceIn({ query, replacement }: Found, places: (readonly [string, readonly Match[]])[]) {
    document.transact(() => {
      for (const [id, matches] of places) {
        const source = sourceOf(id)
        const shared = cell(id)
        // Somebody has typed here since it was looked for: the places are no longer those.
        if (!shared || source !== searched.get(id)) continue
        // From the end, so that the places in front stay where they are.
        for (const match of [...matches].reverse()) {
          const text = replacementOf(source, match, query, replacement)
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
