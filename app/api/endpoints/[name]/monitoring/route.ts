import { database } from '../../../../../lib/db'
import { monitoringOf } from '../../../../../lib/monitoring/figures'
import { isRange, ranges } from '../../../../../lib/monitoring/ranges'
import { Refused } from '../../../../../lib/refused'
import { requireEndpoint } from '../../../../../lib/registry/require'
import { route } from '../../../../../lib/route'

/** Figures over `?range=`, by default the last hour. */
export const GET = route({ action: 'endpoint.read' }, async ({ entry, params, query }) => {
  const range = query.range ?? '1h'
  if (!isRange(range))
    throw new Refused(400, 'bad_range', `range: use one of ${Object.keys(ranges).join(', ')}, not: ${range}`)
  const endpoint = await requireEndpoint(database(), entry.workspaceId, params.name!)
  return monitoringOf(database(), endpoint.id, range)
})
