import { listDatasets } from '../../../../../lib/datasets/list'
import { database } from '../../../../../lib/db'
import { route } from '../../../../../lib/route'
import { ofNotebook } from '../../../../../lib/route-targets'

/** What the notebook's cells can read by its name: the data sets of its workspace. */
export const GET = route({ action: 'notebook.read', target: ofNotebook }, async ({ entry }) => ({
  datasets: await listDatasets(database(), entry.workspaceId),
}))
