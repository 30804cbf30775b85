import { z } from 'zod'
import { listAbTests } from '../../../../../lib/abtests/list'
import { startAbTest } from '../../../../../lib/abtests/start'
import { database } from '../../../../../lib/db'
import { Refused } from '../../../../../lib/refused'
import { endpointByName } from '../../../../../lib/registry/find'
import { processRegistry } from '../../../../../lib/registry/registry'
import { created, route } from '../../../../../lib/route'

export const GET = route({ action: 'endpoint.read' }, async ({ entry, params }) => {
  const endpoint = await endpointByName(database(), entry.workspaceId, params.name!)
  if (!endpoint) throw new Refused(404, 'not_found', `no such endpoint: ${params.name}`)
  return { tests: await listAbTests(database(), endpoint.id) }
})

const body = z.object({
  variants: z
    .array(z.object({ version: z.string().max(50), weight: z.number().positive().max(1000) }))
    .min(2)
    .max(10),
  stickyHeader: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]{0,63}$/, 'use a header’s name, such as x-user-id')
    .optional(),
  minLabels: z.number().int().min(10).max(1_000_000).optional(),
})

export const POST = route(
  { action: 'endpoint.manage', body },
  async ({ entry, user, params, body: test }) => {
    const { workspaceId } = entry
    return created(
      await startAbTest(processRegistry(), { ...test, workspaceId, endpoint: params.name!, userId: user.id }),
    )
  },
)
