import { limitRegistrations, register, registration } from '../../../lib/register'
import { created, publicRoute } from '../../../lib/route'

export const POST = publicRoute(registration, async ({ body, request }) => {
  limitRegistrations(request.headers)
  return created(await register(body))
})
