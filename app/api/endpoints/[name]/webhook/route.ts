import { z } from 'zod'
import { Refused } from '../../../../../lib/refused'
import { existingEndpoint } from '../../../../../lib/registry/find'
import { route } from '../../../../../lib/route'
import { callbackProblem } from '../../../../../lib/serving/jobs/callback'
import { readWebhook, removeWebhook, setWebhookUrl } from '../../../../../lib/webhooks/settings'

export const GET = route({ action: 'endpoint.read' }, async ({ entry, params }) => {
  const { id } = await existingEndpoint(entry.workspaceId, params.name!)
  return { webhook: await readWebhook(id) }
})

const body = z.object({ url: z.string().max(2000).nullable() })

export const PUT = route(
  { action: 'endpoint.manage', body },
  async ({ entry, user, params, body: { url } }) => {
    const { id } = await existingEndpoint(entry.workspaceId, params.name!)
    const problem = url === null ? undefined : callbackProblem(url)
    if (problem) throw new Refused(400, 'bad_request', `url: ${problem}`, { url: problem })
    await setWebhookUrl(id, url, user.id)
    return { webhook: await readWebhook(id) }
  },
)

export const DELETE = route({ action: 'endpoint.manage' }, async ({ entry, params }) => {
  const { id } = await existingEndpoint(entry.workspaceId, params.name!)
  await removeWebhook(id)
})
