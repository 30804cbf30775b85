import { z } from 'zod'
import { deleteRule, enableRule } from '../../../../../../lib/alerts/rules'
import { database } from '../../../../../../lib/db'
import { Refused } from '../../../../../../lib/refused'
import { requireEndpoint } from '../../../../../../lib/registry/require'
import { route } from '../../../../../../lib/route'

const ruleId = (id: string) => {
  if (!z.uuid().safeParse(id).success) throw new Refused(404, 'not_found', `no such alert rule: ${id}`)
  return id
}

export const PATCH = route(
  { action: 'endpoint.manage', body: z.object({ enabled: z.boolean() }) },
  async ({ entry, params, body }) => {
    const { name, id } = params as { name: string; id: string }
    const endpoint = await requireEndpoint(database(), entry.workspaceId, name)
    await enableRule(database(), endpoint.id, ruleId(id), body.enabled)
  },
)

export const DELETE = route({ action: 'endpoint.manage' }, async ({ entry, params }) => {
  const { name, id } = params as { name: string; id: string }
  const endpoint = await requireEndpoint(database(), entry.workspaceId, name)
  await deleteRule(database(), endpoint.id, ruleId(id))
})
