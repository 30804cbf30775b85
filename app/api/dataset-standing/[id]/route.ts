import { datasetStanding } from '../../../../lib/datasets/standing'
import { database } from '../../../../lib/db'
import { route } from '../../../../lib/route'

/** Not of the data set alone: one in the trash has to be told from one that is gone. */
export const GET = route({ action: 'dataset.list' }, async ({ entry, params }) => ({
  standing: await datasetStanding({ workspaceId: entry.workspaceId, id: params.id! }, database()),
}))
