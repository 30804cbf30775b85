import { z } from 'zod'
import { createNotebook } from '../../../lib/notebooks/create'
import { listNotebooks } from '../../../lib/notebooks/list'
import { notebookTitle } from '../../../lib/notebooks/title'
import { created, route } from '../../../lib/route'

export const GET = route({ action: 'notebook.list' }, async ({ entry, query }) => ({
  notebooks: await listNotebooks(entry.workspaceId, query.search),
}))

export const POST = route(
  {
    action: 'notebook.create',
    body: z.object({
      title: notebookTitle.optional(),
      folder: z.uuid().optional(),
      workspace: z.uuid().optional(),
    }),
  },
  async ({ entry, user, body }) =>
    created(
      await createNotebook({
        workspaceId: entry.workspaceId,
        userId: user.id,
        folderId: body.folder,
        title: body.title,
      }),
    ),
)
