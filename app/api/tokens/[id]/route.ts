import { route } from '../../../../lib/route'
import { ofToken } from '../../../../lib/route-targets'
import { revokeToken } from '../../../../lib/tokens/revoke'

export const DELETE = route({ action: 'token.revoke', target: ofToken }, ({ params }) =>
  revokeToken(params.id!),
)
