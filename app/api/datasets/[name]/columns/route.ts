import { saveConversion } from '../../../../../lib/datasets/conversion'
import { dataStore } from '../../../../../lib/datasets/data-store'
import { requireDataset } from '../../../../../lib/datasets/find'
import { database } from '../../../../../lib/db'
import { created, route } from '../../../../../lib/route'

/** Makes a version in which a column holds another type. */
export const POST = route(
  { action: 'dataset.write', body: saveConversion },
  async ({ entry, params, user, body }) => {
    const { id } = await requireDataset(database(), entry.workspaceId, params.name!)
    return created(await dataStore().ask('convert', { ...body, datasetId: id, userId: user.id }))
  },
)
