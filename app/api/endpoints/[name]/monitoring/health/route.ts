import { database } from '../../../../../../lib/db'
import { healthOf } from '../../../../../../lib/monitoring/health'
import { requireEndpoint } from '../../../../../../lib/registry/require'
import { route } from '../../../../../../lib/route'

/** Drift and alerts. */
export const GET = route({ action: 'endpoint.read' }, async ({ entry, params }) => {
  const endpoint = await requireEndpoint(database(), entry.workspaceId, params.name!)
  return healthOf(database(), endpoint.id)
})
