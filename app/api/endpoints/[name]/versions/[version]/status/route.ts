import { z } from 'zod'
import { versionStatuses } from '../../../../../../../lib/protocol/version-status'
import { processRegistry } from '../../../../../../../lib/registry/registry'
import { setStatus } from '../../../../../../../lib/registry/status'
import { route } from '../../../../../../../lib/route'

const body = z.object({
  status: z.enum(versionStatuses),
  reason: z.string().trim().max(500).optional(),
})

export const PUT = route(
  { action: 'endpoint.manage', body },
  async ({ entry, user, params, body: { status, reason } }) => {
    const { name, version } = params as { name: string; version: string }
    const change = {
      workspaceId: entry.workspaceId,
      endpoint: name,
      version,
      status,
      userId: user.id,
      reason,
    }
    await setStatus(processRegistry(), change)
    return { version, status }
  },
)
