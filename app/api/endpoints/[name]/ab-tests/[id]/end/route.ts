import { z } from 'zod'
import { endAbTest } from '../../../../../../../lib/abtests/end'
import { database } from '../../../../../../../lib/db'
import { Refused } from '../../../../../../../lib/refused'
import { route } from '../../../../../../../lib/route'

const body = z.object({ winner: z.string().max(50).optional() })

export const POST = route(
  { action: 'endpoint.manage', body },
  ({ entry, user, params, body: { winner } }) => {
    const { name, id } = params as { name: string; id: string }
    if (!z.uuid().safeParse(id).success) throw new Refused(404, 'not_found', `no such A/B test: ${id}`)
    const { workspaceId } = entry
    return endAbTest(database(), { workspaceId, endpoint: name, id, userId: user.id, winner })
  },
)
