import { existingEndpoint } from '../../../../../../lib/registry/find'
import { created, route } from '../../../../../../lib/route'
import { newWebhookKey } from '../../../../../../lib/webhooks/settings'

export const POST = route({ action: 'endpoint.manage' }, async ({ entry, user, params }) => {
  const { id } = await existingEndpoint(entry.workspaceId, params.name!)
  return created({ key: await newWebhookKey(id, user.id) })
})
