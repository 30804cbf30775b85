import { database } from '../../../../../../../lib/db'
import { beginReproduction } from '../../../../../../../lib/registry/reproduce/begin'
import { listReproductions } from '../../../../../../../lib/registry/reproduce/list'
import { created, route } from '../../../../../../../lib/route'

export const GET = route({ action: 'endpoint.read' }, async ({ entry, params }) => ({
  reproductions: await listReproductions(database(), entry.workspaceId, params.name!, params.version!),
}))

/** Runs the version's cells again and compares. */
export const POST = route({ action: 'endpoint.manage' }, async ({ entry, user, params }) =>
  created(
    await beginReproduction({
      workspaceId: entry.workspaceId,
      userId: user.id,
      endpoint: params.name!,
      version: params.version!,
    }),
  ),
)
