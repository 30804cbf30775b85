import { existingEndpoint } from '../../../../../../lib/registry/find'
import { route } from '../../../../../../lib/route'
import { sendAgain } from '../../../../../../lib/webhooks/deliveries'

/** Sends a report again that was not taken. */
export const POST = route({ action: 'endpoint.manage' }, async ({ entry, params }) => {
  const { id } = await existingEndpoint(entry.workspaceId, params.name!)
  await sendAgain(id, params.id!)
})
