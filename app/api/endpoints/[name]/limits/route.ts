import { database } from '../../../../../lib/db'
import { Refused } from '../../../../../lib/refused'
import { endpointByName } from '../../../../../lib/registry/find'
import { readLimits, saveLimits } from '../../../../../lib/registry/limits'
import { route } from '../../../../../lib/route'
import { endpointLimits } from '../../../../../lib/serving/limits'

export const GET = route({ action: 'endpoint.read' }, async ({ entry, params }) => {
  const { id } = await find(entry.workspaceId, params.name!)
  return readLimits(database(), id)
})

export const PUT = route(
  { action: 'endpoint.manage', body: endpointLimits },
  async ({ entry, params, body }) => {
    const { id } = await find(entry.workspaceId, params.name!)
    await saveLimits(database(), id, body)
    return body
  },
)

async function find(workspaceId: string, name: string) {
  const endpoint = await endpointByName(database(), workspaceId, name)
  if (!endpoint) throw new Refused(404, 'not_found', `no such endpoint: ${name}`)
  return endpoint
}
