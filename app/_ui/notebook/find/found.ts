import { emptyQuery, type Match, type Query } from './search'

/** What the find bar shows. */
export type Found = {
  query: Query
  replacement: string
  /** Of cells in which something was found. */
  matches: Readonly<Record<string, readonly Match[]>>
  total: number
  /** The match that Next and Replace begin with. */
  current: Place | undefined
  /** Why nothing can be found with this expression. */
  error: string | undefined
}
/** A match: the cell, and which of its matches. */
export type Place = { cellId: string; index: number }

export const nothingFound: Found = {
  query: emptyQuery,
  replacement: '',
  matches: {},
  total: 0,
  current: undefined,
  error: undefined,
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

/** `12 of 40`, `40 matches`, `nothing found`. */
export function countOf(ids: readonly string[], { query, matches, total, current }: Found): string {
  if (query.text === '') return ''
  if (total === 0) return 'nothing found'
  const at = placesOf(ids, matches).findIndex(
    ({ cellId, index }) => cellId === current?.cellId && index === current.index,
  )
  return at < 0 ? `${total} ${total === 1 ? 'match' : 'matches'}` : `${at + 1} of ${total}`
}
