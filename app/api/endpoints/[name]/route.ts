import { database } from '../../../../lib/db'
import { Refused } from '../../../../lib/refused'
import { deleteEndpoint } from '../../../../lib/registry/delete'
import { endpointPage } from '../../../../lib/registry/page'
import { route } from '../../../../lib/route'

export const GET = route({ action: 'endpoint.read' }, async ({ entry, params }) => {
  const page = await endpointPage(database(), entry.workspaceId, params.name!)
  if (!page) throw new Refused(404, 'not_found', `there is no such endpoint: ${params.name}`)
  return page
})

/** Answers the name under which its pages can be read from now on. */
export const DELETE = route({ action: 'endpoint.manage' }, ({ entry, user, params }) =>
  deleteEndpoint(database(), { workspaceId: entry.workspaceId, userId: user.id, endpoint: params.name! }),
)
