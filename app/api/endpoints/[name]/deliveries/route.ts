import { existingEndpoint } from '../../../../../lib/registry/find'
import { route } from '../../../../../lib/route'
import { listDeliveries } from '../../../../../lib/webhooks/deliveries'

export const GET = route({ action: 'endpoint.read' }, async ({ entry, params }) => {
  const { id } = await existingEndpoint(entry.workspaceId, params.name!)
  return { deliveries: await listDeliveries(id) }
})
