import { webhookSecret } from '../../../../../lib/repositories/repositories'
import { takeWebhook } from '../../../../../lib/repositories/webhook'
import { route, signedRoute } from '../../../../../lib/route'

/** The secret that signs its calls. */
export const GET = route({ action: 'repository.manage' }, async ({ entry, params }) => ({
  secret: await webhookSecret(entry.workspaceId, params.id!),
}))

/** Called by the site that has the repository. */
export const POST = signedRoute(async (request, { id = '' }) => {
  const { status, body } = await takeWebhook(id, request)
  return Response.json(body, { status })
})
