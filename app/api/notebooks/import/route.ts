import { z } from 'zod'
import { importNotebook } from '../../../../lib/notebooks/files'
import { created, route } from '../../../../lib/route'

export const POST = route(
  {
    action: 'notebook.create',
    body: z.object({ name: z.string().min(1).max(300), text: z.string(), workspace: z.uuid().optional() }),
  },
  async ({ entry, user, body: { name, text } }) =>
    created(await importNotebook({ workspaceId: entry.workspaceId, userId: user.id, name, text })),
)
