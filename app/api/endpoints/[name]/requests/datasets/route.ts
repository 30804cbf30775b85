import { z } from 'zod'
import { readConfig } from '../../../../../../lib/config'
import { dataFolder } from '../../../../../../lib/datasets/data-folder'
import { dataStore } from '../../../../../../lib/datasets/data-store'
import { findDataset } from '../../../../../../lib/datasets/find'
import { datasetName } from '../../../../../../lib/datasets/name'
import { database } from '../../../../../../lib/db'
import { enter } from '../../../../../../lib/door'
import { requireEndpoint } from '../../../../../../lib/registry/require'
import { exportToDataset } from '../../../../../../lib/requests/export-to-dataset'
import { readFilter } from '../../../../../../lib/requests/read-query'
import { created, route } from '../../../../../../lib/route'

const body = z.object({ name: datasetName, workspace: z.string().optional() })

/** All requests that fit the query as a data set of the name, or as the next version of the one that has it. */
export const POST = route(
  { action: 'dataset.create', body },
  async ({ entry: { workspaceId }, params, query, user, body: { name } }) => {
    const db = database()
    const actor = { kind: 'user', id: user.id } as const
    await enter(actor, 'endpoint.read', { workspaceId })
    const endpoint = await requireEndpoint(db, workspaceId, params.name!)
    const filter = readFilter(query)
    const known = await findDataset(db, workspaceId, name)
    if (known) await enter(actor, 'dataset.write', { datasetId: known.id })
    const target = known
      ? { datasetId: known.id, parent: known.head }
      : { name, description: `Requests of the endpoint ${endpoint.name}` }
    const folder = dataFolder(readConfig().home).uploads
    return created(
      await exportToDataset(
        { endpoint, filter, target, workspaceId, userId: user.id },
        { db, ask: dataStore().ask, folder },
      ),
    )
  },
)
