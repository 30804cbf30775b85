import { z } from 'zod'
import { createRepository, listRepositories, repositoryFields } from '../../../lib/repositories/repositories'
import { created, route } from '../../../lib/route'

export const GET = route({ action: 'repository.list' }, async ({ entry }) => ({
  repositories: await listRepositories(entry.workspaceId),
}))

const body = repositoryFields.extend({ workspace: z.string().optional() })

export const POST = route(
  { action: 'repository.manage', body },
  async ({ entry, user, body: { workspace: _, ...fields } }) =>
    created(await createRepository(fields, { workspaceId: entry.workspaceId, userId: user.id })),
)
