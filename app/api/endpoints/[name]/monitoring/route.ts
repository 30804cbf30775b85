import { database } from '../../../../../lib/db'
import { monitoringOf } from '../../../../../lib/monitoring/figures'
import { isRange, ranges } from '../../../../../lib/monitoring/ranges'
import { Refused } from '../../../../../lib/refused'
import { endpointByName } from '../../../../../lib/registry/find'
import { route } from '../../../../../lib/route'

/** Figures over `?range=`, by default the last hour. */
export const GET = route({ action: 'endpoint.read' }, async ({ entry, params, query }) => {
  const range = query.range ?? '1h'
  if (!isRange(range))
    throw new Refused(400, 'bad_range', `range: use one of ${Object.keys(ranges).join(', ')}, not: ${range}`)
  const endpoint = await endpointByName(database(), entry.workspaceId, params.name!)
  if (!endpoint) throw new Refused(404, 'not_found', `no such endpoint: ${params.name}`)
  return monitoringOf(database(), endpoint.id, range)
})
