import { database } from '../../../../../lib/db'
import { readLimits, saveLimits } from '../../../../../lib/registry/limits'
import { requireEndpoint } from '../../../../../lib/registry/require'
import { route } from '../../../../../lib/route'
import { endpointLimits } from '../../../../../lib/serving/limits'

export const GET = route({ action: 'endpoint.read' }, async ({ entry, params }) => {
  const { id } = await requireEndpoint(database(), entry.workspaceId, params.name!)
  return readLimits(database(), id)
})

export const PUT = route(
  { action: 'endpoint.manage', body: endpointLimits },
  async ({ entry, params, body }) => {
    const { id } = await requireEndpoint(database(), entry.workspaceId, params.name!)
    await saveLimits(database(), id, body)
    return body
  },
)
