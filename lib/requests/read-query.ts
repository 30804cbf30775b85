import { Refused } from '../refused'
import { type RequestFilter, requestFilter } from './filter'

/** The search of a URL's query. Throws `Refused` 400. */
export function readFilter(query: Record<string, string>): RequestFilter {
  const given = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''))
  const { success, data, error } = requestFilter.safeParse(given)
  if (success) return data
  const [issue] = error.issues
  throw new Refused(400, 'bad_search', `${issue!.path.join('.')}: ${issue!.message}`)
}
