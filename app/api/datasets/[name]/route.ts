import { changeDataset, datasetChange } from '../../../../lib/datasets/change-dataset'
import { requireDataset } from '../../../../lib/datasets/find'
import { trashDataset } from '../../../../lib/datasets/trash'
import { database } from '../../../../lib/db'
import { route } from '../../../../lib/route'

/** Puts a data set into the trash; what was made of its versions keeps them. */
export const DELETE = route({ action: 'dataset.delete' }, async ({ entry, params }) => {
  const { id } = await requireDataset(database(), entry.workspaceId, params.name!)
  await trashDataset(id, database())
})

/** Gives a data set another name or description. */
export const PATCH = route(
  { action: 'dataset.write', body: datasetChange },
  async ({ entry, params, body }) => {
    const dataset = await requireDataset(database(), entry.workspaceId, params.name!)
    return changeDataset(dataset, body, database())
  },
)
