import { z } from 'zod'
import { listPulls } from '../../../../lib/repositories/pulls'
import {
  changeRepository,
  deleteRepository,
  findRepository,
  repositoryFields,
} from '../../../../lib/repositories/repositories'
import { route } from '../../../../lib/route'

/** How its pulls go. */
export const GET = route({ action: 'repository.list' }, async ({ entry, params }) => {
  const { id } = await findRepository(entry.workspaceId, params.id!)
  return { pulls: await listPulls(id) }
})

const body = repositoryFields.extend({ workspace: z.string().optional() })

export const PATCH = route(
  { action: 'repository.manage', body },
  ({ entry, params, body: { workspace: _, ...fields } }) =>
    changeRepository(entry.workspaceId, params.id!, fields),
)

export const DELETE = route({ action: 'repository.manage' }, ({ entry, params }) =>
  deleteRepository(entry.workspaceId, params.id!),
)
