import { z } from 'zod'
import { beginPull } from '../../../../../lib/repositories/pulls'
import { findRepository } from '../../../../../lib/repositories/repositories'
import { created, route } from '../../../../../lib/route'

const body = z.object({ workspace: z.string().optional() })

export const POST = route({ action: 'repository.manage', body }, async ({ entry, user, params }) => {
  const repository = await findRepository(entry.workspaceId, params.id!)
  return created(await beginPull(repository, { trigger: 'person', userId: user.id }))
})
