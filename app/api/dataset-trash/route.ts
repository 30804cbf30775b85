import { listDatasetTrash } from '../../../lib/datasets/trash'
import { database } from '../../../lib/db'
import { route } from '../../../lib/route'

export const GET = route({ action: 'dataset.list' }, async ({ entry }) => ({
  datasets: await listDatasetTrash(entry.workspaceId, database()),
}))
