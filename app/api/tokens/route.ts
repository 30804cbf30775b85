import { z } from 'zod'
import { created, route } from '../../../lib/route'
import { createToken } from '../../../lib/tokens/create'
import { listTokens } from '../../../lib/tokens/list'

export const GET = route({ action: 'token.list' }, async ({ entry }) => ({
  tokens: await listTokens(entry.workspaceId),
}))

export const POST = route(
  {
    action: 'token.create',
    body: z.object({ name: z.string().trim().min(1).max(100), workspace: z.uuid().optional() }),
  },
  async ({ entry, user, body: { name } }) =>
    created(await createToken({ workspaceId: entry.workspaceId, userId: user.id, name })),
)
