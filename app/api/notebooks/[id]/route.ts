import { z } from 'zod'
import { renameNotebook } from '../../../../lib/notebooks/change'
import { findNotebook } from '../../../../lib/notebooks/list'
import { notebookTitle } from '../../../../lib/notebooks/title'
import { trashNotebook } from '../../../../lib/notebooks/trash'
import { route } from '../../../../lib/route'
import { ofNotebook } from '../../../../lib/route-targets'

export const GET = route({ action: 'notebook.read', target: ofNotebook }, ({ params }) =>
  findNotebook(params.id!),
)

export const PATCH = route(
  { action: 'notebook.rename', target: ofNotebook, body: z.object({ title: notebookTitle }) },
  async ({ params, body: { title } }) => {
    await renameNotebook(params.id!, title)
    return { id: params.id, title }
  },
)

export const DELETE = route({ action: 'notebook.delete', target: ofNotebook }, ({ params }) =>
  trashNotebook(params.id!),
)
