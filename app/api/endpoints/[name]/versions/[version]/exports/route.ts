import { z } from 'zod'
import { pythonFormats } from '../../../../../../../lib/protocol/study'
import { beginExport } from '../../../../../../../lib/registry/exports/begin'
import { knownConverters } from '../../../../../../../lib/registry/exports/converters'
import { listExports } from '../../../../../../../lib/registry/exports/list'
import { processRegistry } from '../../../../../../../lib/registry/registry'
import { processStudies } from '../../../../../../../lib/registry/study'
import { processImporter } from '../../../../../../../lib/registry/uploads/importer'
import { created, route } from '../../../../../../../lib/route'

/** What Python has written of the version, and what it could write. */
export const GET = route({ action: 'endpoint.read' }, async ({ entry, params }) => {
  const [exports, converters] = await Promise.all([
    listExports(processRegistry().db, entry.workspaceId, params.name!, params.version!),
    knownConverters(processStudies()),
  ])
  return { exports, converters }
})

/** Has Python write it. */
export const POST = route(
  { action: 'endpoint.read', body: z.object({ format: z.enum(pythonFormats) }) },
  async ({ entry, user, params, body: { format } }) =>
    created(
      await beginExport(
        { registry: processRegistry(), studies: processStudies(), uploads: processImporter().uploads },
        {
          workspaceId: entry.workspaceId,
          userId: user.id,
          endpoint: params.name!,
          version: params.version!,
          format,
        },
      ),
    ),
)
