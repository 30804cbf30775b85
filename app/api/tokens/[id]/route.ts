import { z } from 'zod'
import { route } from '../../../../lib/route'
import { ofToken } from '../../../../lib/route-targets'
import { setTokenRate, tokenRate } from '../../../../lib/tokens/rate'
import { revokeToken } from '../../../../lib/tokens/revoke'

export const DELETE = route({ action: 'token.revoke', target: ofToken }, ({ params }) =>
  revokeToken(params.id!),
)

export const PATCH = route(
  { action: 'token.change', target: ofToken, body: z.object({ rate: tokenRate }) },
  ({ params, body: { rate } }) => setTokenRate(params.id!, rate),
)
