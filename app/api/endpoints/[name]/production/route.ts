import { z } from 'zod'
import { database } from '../../../../../lib/db'
import { setProduction } from '../../../../../lib/registry/production'
import { route } from '../../../../../lib/route'

export const PUT = route(
  { action: 'endpoint.manage', body: z.object({ version: z.string().max(50) }) },
  async ({ entry, params, body: { version } }) => {
    await setProduction(database(), { workspaceId: entry.workspaceId, endpoint: params.name!, version })
    return { version }
  },
)
