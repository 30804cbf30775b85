import { z } from 'zod'
import { conversion } from '../../../../../../lib/datasets/conversion'
import { dataStore } from '../../../../../../lib/datasets/data-store'
import { requireDataset, requireVersion } from '../../../../../../lib/datasets/find'
import { database } from '../../../../../../lib/db'
import { route } from '../../../../../../lib/route'

const body = conversion.extend({ version: z.number().int().min(1).optional() })

/** How the values of a column fit another type, before anything is made of it. */
export const POST = route({ action: 'dataset.read', body }, async ({ entry, params, body }) => {
  const { version, ...asked } = body
  const dataset = await requireDataset(database(), entry.workspaceId, params.name!)
  const { id } = await requireVersion(database(), dataset, version)
  return dataStore().ask('fit', { ...asked, versionId: id })
})
