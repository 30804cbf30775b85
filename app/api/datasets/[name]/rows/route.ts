import { z } from 'zod'
import { dataStore } from '../../../../../lib/datasets/data-store'
import { requireDataset, requireVersion } from '../../../../../lib/datasets/find'
import { database } from '../../../../../lib/db'
import { maxPageRows } from '../../../../../lib/protocol/dataset'
import { readQuery } from '../../../../../lib/read-query'
import { route } from '../../../../../lib/route'

const query = z.object({
  version: z.coerce.number().int().min(1).optional(),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(maxPageRows).default(50),
})

/** Rows of a version by their place, the newest version without one. */
export const GET = route({ action: 'dataset.read' }, async ({ entry, params, query: text }) => {
  const { version, offset, limit } = readQuery(query, text)
  const dataset = await requireDataset(database(), entry.workspaceId, params.name!)
  const { id } = await requireVersion(database(), dataset, version)
  return dataStore().ask('page', { versionId: id, offset, limit })
})
