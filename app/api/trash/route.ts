import { listTrash } from '../../../lib/notebooks/trash'
import { route } from '../../../lib/route'

export const GET = route({ action: 'notebook.list' }, async ({ entry }) => ({
  notebooks: await listTrash(entry.workspaceId),
}))
