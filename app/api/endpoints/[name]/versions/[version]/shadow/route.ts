import { z } from 'zod'
import { Refused } from '../../../../../../../lib/refused'
import { processRegistry } from '../../../../../../../lib/registry/registry'
import { route } from '../../../../../../../lib/route'
import { endShadowOf } from '../../../../../../../lib/shadows/end'
import { shadow } from '../../../../../../../lib/shadows/start'

/** The version gets copies of requests: a share of them, in percent. */
export const PUT = route(
  { action: 'endpoint.manage', body: z.object({ share: z.number().int().min(1).max(100) }) },
  async ({ entry, user, params, body: { share } }) => {
    const { name, version } = params as { name: string; version: string }
    return shadow(processRegistry(), {
      workspaceId: entry.workspaceId,
      endpoint: name,
      version,
      userId: user.id,
      share,
    })
  },
)

/** It gets no more. */
export const DELETE = route({ action: 'endpoint.manage' }, async ({ entry, user, params }) => {
  const { name, version } = params as { name: string; version: string }
  const asked = { workspaceId: entry.workspaceId, endpoint: name, version, userId: user.id }
  if (!(await endShadowOf(processRegistry().db, asked)))
    throw new Refused(404, 'no_shadow', `the version shadows nothing: ${name} ${version}`)
  return { ended: version }
})
