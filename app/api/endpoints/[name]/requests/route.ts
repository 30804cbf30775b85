import { database } from '../../../../../lib/db'
import { requireEndpoint } from '../../../../../lib/registry/require'
import { readFilter } from '../../../../../lib/requests/read-query'
import { searchRequests } from '../../../../../lib/requests/search'
import { route } from '../../../../../lib/route'

/** A page of the requests that fit the query; `after`: the `next` of the page before. */
export const GET = route({ action: 'endpoint.read' }, async ({ entry, params, query }) => {
  const { after, ...search } = query
  const endpoint = await requireEndpoint(database(), entry.workspaceId, params.name!)
  return searchRequests(database(), endpoint.id, readFilter(search), after)
})
