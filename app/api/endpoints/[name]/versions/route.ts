import { z } from 'zod'
import { endpointName } from '../../../../../lib/protocol/serving'
import { versionStatuses } from '../../../../../lib/protocol/version-status'
import { Refused } from '../../../../../lib/refused'
import { processRegistry } from '../../../../../lib/registry/registry'
import { processImporter } from '../../../../../lib/registry/uploads/importer'
import { publishUpload } from '../../../../../lib/registry/uploads/publish-upload'
import { wishes } from '../../../../../lib/registry/uploads/wishes'
import { created, route } from '../../../../../lib/route'

const body = wishes.extend({
  upload: z.uuid('the id that the upload was answered with'),
  status: z.enum(versionStatuses).exclude(['ab_testing']).default('testing'),
  workspace: z.string().optional(),
})

/** A version of a new or existing endpoint, of uploaded files. */
export const POST = route(
  { action: 'endpoint.manage', body },
  async ({ entry, user, params, body: { upload, status, naming, records } }) => {
    const name = endpointName.safeParse(params.name)
    if (!name.success) {
      const message = name.error.issues[0]?.message ?? 'not a name'
      throw new Refused(400, 'bad_request', `${message}: ${params.name}`, { name: message })
    }
    return created(
      await publishUpload(processRegistry(), processImporter(), {
        workspaceId: entry.workspaceId,
        userId: user.id,
        endpoint: name.data,
        upload,
        status,
        naming,
        records,
      }),
    )
  },
)
