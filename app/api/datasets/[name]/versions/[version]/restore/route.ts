import { z } from 'zod'
import { dataStore } from '../../../../../../../lib/datasets/data-store'
import { requireDataset } from '../../../../../../../lib/datasets/find'
import { restoreVersion } from '../../../../../../../lib/datasets/restore-version'
import { database } from '../../../../../../../lib/db'
import { Refused } from '../../../../../../../lib/refused'
import { created, route } from '../../../../../../../lib/route'

const body = z.object({
  /** Number of the newest version that the person knows. */
  parent: z.number().int().min(1),
})

/** Makes an older version the newest again, as a version of its own. */
export const POST = route({ action: 'dataset.write', body }, async ({ entry, params, user, body }) => {
  const dataset = await requireDataset(database(), entry.workspaceId, params.name!)
  if (!/^\d{1,9}$/.test(params.version!))
    throw new Refused(404, 'not_found', `versions have numbers, this is none: ${params.version}`)
  const number = Number(params.version)
  return created(await restoreVersion(dataset, number, { parent: body.parent, userId: user.id }, dataStore()))
})
