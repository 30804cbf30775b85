import { z } from 'zod'
import { createFolder } from '../../../lib/folders/create'
import { listFolders } from '../../../lib/folders/list'
import { folderName } from '../../../lib/folders/name'
import { created, route } from '../../../lib/route'

export const GET = route({ action: 'notebook.list' }, async ({ entry }) => ({
  folders: await listFolders(entry.workspaceId),
}))

export const POST = route(
  {
    action: 'folder.create',
    body: z.object({ name: folderName, parent: z.uuid().nullable(), workspace: z.uuid().optional() }),
  },
  async ({ entry, body: { name, parent } }) =>
    created(await createFolder({ workspaceId: entry.workspaceId, parentId: parent, name })),
)
