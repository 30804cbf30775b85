import { database } from '../../../../../lib/db'
import { requireEndpoint } from '../../../../../lib/registry/require'
import { readLogSettings, requestLogSettings, saveLogSettings } from '../../../../../lib/requests/settings'
import { route } from '../../../../../lib/route'

export const GET = route({ action: 'endpoint.read' }, async ({ entry, params }) => {
  const endpoint = await requireEndpoint(database(), entry.workspaceId, params.name!)
  return readLogSettings(database(), endpoint.id)
})

export const PUT = route(
  { action: 'endpoint.manage', body: requestLogSettings },
  async ({ entry, params, body }) => {
    const endpoint = await requireEndpoint(database(), entry.workspaceId, params.name!)
    await saveLogSettings(database(), endpoint.id, body)
    return body
  },
)
