import { database } from '../../../../../lib/db'
import { Refused } from '../../../../../lib/refused'
import { endpointByName } from '../../../../../lib/registry/find'
import { productionAt } from '../../../../../lib/registry/history'
import { route } from '../../../../../lib/route'

/** What was in production at `?at=`, by default now. */
export const GET = route({ action: 'endpoint.read' }, async ({ entry, params, query }) => {
  const at = query.at === undefined ? new Date() : new Date(query.at)
  if (Number.isNaN(at.getTime()))
    throw new Refused(400, 'bad_time', `at: expected a time such as 2026-11-21T10:00:00Z, got ${query.at}`)
  const endpoint = await endpointByName(database(), entry.workspaceId, params.name!)
  if (!endpoint) throw new Refused(404, 'not_found', `no such endpoint: ${params.name}`)
  const found = await productionAt(database(), endpoint.id, at)
  return { at: at.toISOString(), version: found?.version ?? null, since: found?.since.toISOString() ?? null }
})
