import { z } from 'zod'
import { endpointName } from '../../../../../lib/protocol/serving'
import { versionStatuses } from '../../../../../lib/protocol/version-status'
import { processRegistry } from '../../../../../lib/registry/registry'
import { created, route } from '../../../../../lib/route'
import { publishTraining } from '../../../../../lib/training/publish'

const body = z.object({
  endpoint: endpointName,
  status: z.enum(versionStatuses).exclude(['ab_testing']).default('production'),
  workspace: z.string().optional(),
})

/** A version of a new or existing endpoint, of what a training came to. */
export const POST = route(
  { action: 'endpoint.manage', body },
  async ({ entry, user, params, body: { endpoint, status } }) =>
    created(
      await publishTraining(processRegistry(), {
        workspaceId: entry.workspaceId,
        userId: user.id,
        training: params.id ?? '',
        endpoint,
        status,
      }),
    ),
)
