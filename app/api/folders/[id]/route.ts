import { z } from 'zod'
import { changeFolder, deleteFolder } from '../../../../lib/folders/change'
import { folderName } from '../../../../lib/folders/name'
import { route } from '../../../../lib/route'
import { ofFolder } from '../../../../lib/route-targets'

export const PATCH = route(
  {
    action: 'folder.change',
    target: ofFolder,
    body: z.object({ name: folderName.optional(), parent: z.uuid().nullable().optional() }),
  },
  ({ params, body: { name, parent } }) => changeFolder(params.id!, { name, parentId: parent }),
)

export const DELETE = route({ action: 'folder.delete', target: ofFolder }, ({ params }) =>
  deleteFolder(params.id!),
)
