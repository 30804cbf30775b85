import { z } from 'zod'
import { fetchFile } from '../../../../lib/notebooks/fetch-file'
import { importNotebook } from '../../../../lib/notebooks/files'
import { created, route } from '../../../../lib/route'

export const POST = route(
  {
    action: 'notebook.create',
    body: z.object({
      address: z.string().trim().min(1).max(2000),
      folder: z.uuid().optional(),
      workspace: z.uuid().optional(),
    }),
  },
  async ({ entry, user, body: { address, folder } }) => {
    const file = await fetchFile(address)
    const { workspaceId } = entry
    return created(await importNotebook({ workspaceId, userId: user.id, folderId: folder, ...file }))
  },
)
