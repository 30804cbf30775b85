import { listDatasets } from '../../../lib/datasets/list'
import { database } from '../../../lib/db'
import { route } from '../../../lib/route'

export const GET = route({ action: 'dataset.list' }, async ({ entry }) => ({
  datasets: await listDatasets(database(), entry.workspaceId),
}))
