import { createRule, listRules } from '../../../../../lib/alerts/rules'
import { database } from '../../../../../lib/db'
import { alertRule } from '../../../../../lib/protocol/alerts'
import { requireEndpoint } from '../../../../../lib/registry/require'
import { created, route } from '../../../../../lib/route'

export const GET = route({ action: 'endpoint.read' }, async ({ entry, params }) => {
  const endpoint = await requireEndpoint(database(), entry.workspaceId, params.name!)
  return { rules: await listRules(database(), endpoint.id) }
})

export const POST = route(
  { action: 'endpoint.manage', body: alertRule },
  async ({ entry, user, params, body }) => {
    const endpoint = await requireEndpoint(database(), entry.workspaceId, params.name!)
    return created(await createRule(database(), endpoint.id, user.id, body))
  },
)
