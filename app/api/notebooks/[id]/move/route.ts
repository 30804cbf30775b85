import { z } from 'zod'
import { moveNotebook } from '../../../../../lib/notebooks/move'
import { route } from '../../../../../lib/route'
import { ofNotebook } from '../../../../../lib/route-targets'

export const POST = route(
  { action: 'notebook.move', target: ofNotebook, body: z.object({ folder: z.uuid().nullable() }) },
  ({ entry, params, body }) =>
    moveNotebook({ id: params.id!, workspaceId: entry.workspaceId, folderId: body.folder }),
)
