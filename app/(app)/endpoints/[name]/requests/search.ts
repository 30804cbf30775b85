import type { Condition } from '../../../../../lib/requests/filter'

/** A search as the page holds it and its address shows it. */
export type Search = {
  q: string
  /** A span that ends now, `''` for any time, or `custom` with `from` and `to`. */
  time: string
  from: string
  to: string
  version: string
  status: string
  key: string
  where: Condition[]
}

export const spans: Record<string, { label: string; ms: number }> = {
  '15m': { label: 'Last 15 minutes', ms: 900_000 },
  '1h': { label: 'Last hour', ms: 3_600_000 },
  '24h': { label: 'Last 24 hours', ms: 86_400_000 },
  '7d': { label: 'Last 7 days', ms: 7 * 86_400_000 },
  '30d': { label: 'Last 30 days', ms: 30 * 86_400_000 },
}

const names = ['q', 'time', 'from', 'to', 'version', 'status', 'key'] as const

/** The search of an address; what cannot be read is left out. */
export function readSearch(query: Record<string, string | string[] | undefined>): Search {
  const texts = Object.fromEntries(
    names.map((name) => [name, typeof query[name] === 'string' ? query[name] : '']),
  ) as Omit<Search, 'where'>
  let where: Condition[] = []
  try {
    const given: unknown = JSON.parse(typeof query.where === 'string' ? query.where : '[]')
    if (Array.isArray(given)) where = given.filter((each) => Array.isArray(each?.field)) as Condition[]
  } catch {}
  return { ...texts, where }
}

/** The page's own address for a search. */
export function addressOf(search: Search): string {
  const query = new URLSearchParams()
  for (const name of names) if (search[name] !== '') query.set(name, search[name])
  if (search.where.length > 0) query.set('where', JSON.stringify(search.where))
  return `?${query}`
}

/** What the API is asked for a search. */
export function queryOf({ time, from, to, where, ...rest }: Search, now = Date.now()): URLSearchParams {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(rest)) if (value !== '') query.set(name, value)
  const span = spans[time]
  if (span) query.set('from', new Date(now - span.ms).toISOString())
  if (time === 'custom') {
    // As a field of a form writes a time: of the person's own zone.
    if (from !== '') query.set('from', new Date(from).toISOString())
    if (to !== '') query.set('to', new Date(to).toISOString())
  }
  if (where.length > 0) query.set('where', JSON.stringify(where))
  return query
}

export const isNarrowed = (search: Search) => addressOf(search) !== '?'
