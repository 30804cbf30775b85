import { cancelReproduction } from '../../../../../../../../lib/registry/reproduce/cancel'
import { route } from '../../../../../../../../lib/route'

export const DELETE = route({ action: 'endpoint.manage' }, async ({ entry, params }) => {
  const { name, version, id } = params as { name: string; version: string; id: string }
  await cancelReproduction({ workspaceId: entry.workspaceId, endpoint: name, version, id })
  return { cancelled: id }
})
