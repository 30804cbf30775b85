import { emptyQuery, type Matches, type Query } from './search'

/** What the find bar shows. */
export type Found = {
  query: Query
  replacement: string
  /** Of cells in which something was found. */
  matches: Matches
  total: number
  /** The match that Next and Replace begin with. */
  current: Place | undefined
  /** Why nothing can be found with this expression. */
  fault: { title: string; text: string } | undefined
  /** An expression takes its time; `matches` are those of before. */
  searching: boolean
}
/** A match: the cell, and which of its matches. */
export type Place = { cellId: string; index: number }

export const nothingFound: Found = {
  query: emptyQuery,
  replacement: '',
  matches: {},
  total: 0,
  current: undefined,
  fault: undefined,
  searching: false,
}

/** Every match, in page order. */
export const placesOf = (ids: readonly string[], matches: Found['matches']): Place[] =>
  ids.flatMap((cellId) => (matches[cellId] ?? []).map((_, index) => ({ cellId, index })))

/** The match after or before the current one, around the end; without one, the first from a cell on. */
export function nextPlace(
  ids: readonly string[],
  { matches, current }: Pick<Found, 'matches' | 'current'>,
  by: 1 | -1,
  from: string | undefined,
): Place | undefined {
  const places = placesOf(ids, matches)
  if (places.length === 0) return
  const at = places.findIndex(({ cellId, index }) => cellId === current?.cellId && index === current.index)
  if (at >= 0) return places[(at + by + places.length) % places.length]
  const start = from === undefined ? 0 : Math.max(0, ids.indexOf(from))
  if (by > 0) return places.find(({ cellId }) => ids.indexOf(cellId) >= start) ?? places[0]
  return places.findLast(({ cellId }) => ids.indexOf(cellId) <= start) ?? places.at(-1)
}

/** `12 of 40`, `40 matches`, `nothing found`, `searching`, what is wrong. */
export function countOf(ids: readonly string[], found: Found): string {
  const { query, matches, total, current, fault, searching } = found
  if (searching) return 'searching'
  if (fault) return fault.title
  if (query.text === '') return ''
  if (total === 0) return 'nothing found'
  const at = placesOf(ids, matches).findIndex(
    ({ cellId, index }) => cellId === current?.cellId && index === current.index,
  )
  return at < 0 ? `${total} ${total === 1 ? 'match' : 'matches'}` : `${at + 1} of ${total}`
}
