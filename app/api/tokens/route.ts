import { z } from 'zod'
import { tokenScopes } from '../../../lib/protocol/token-scope'
import { created, route } from '../../../lib/route'
import { createToken } from '../../../lib/tokens/create'
import { listTokens } from '../../../lib/tokens/list'
import { tokenRate } from '../../../lib/tokens/rate'

export const GET = route({ action: 'token.list' }, async ({ entry }) => ({
  tokens: await listTokens(entry.workspaceId),
}))

export const POST = route(
  {
    action: 'token.create',
    body: z.object({
      name: z.string().trim().min(1).max(100),
      scope: z.enum(tokenScopes).optional(),
      rate: tokenRate.optional(),
      workspace: z.uuid().optional(),
    }),
  },
  async ({ entry, user, body: { name, scope, rate } }) =>
    created(await createToken({ workspaceId: entry.workspaceId, userId: user.id, name, scope, rate })),
)
