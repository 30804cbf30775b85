import { z } from 'zod'
import { dataStore } from '../../../../../lib/datasets/data-store'
import { requireDataset, requireVersion } from '../../../../../lib/datasets/find'
import { database } from '../../../../../lib/db'
import { maxPageRows } from '../../../../../lib/protocol/dataset'
import { tableQuery } from '../../../../../lib/protocol/tables'
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

const body = z.object({
  version: z.number().int().min(1).optional(),
  query: tableQuery,
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(maxPageRows).default(50),
})

/** The same of the rows that a query leaves, in its order; a query is too long for an address. */
export const POST = route({ action: 'dataset.read', body }, async ({ entry, params, body }) => {
  const { version, ...asked } = body
  const dataset = await requireDataset(database(), entry.workspaceId, params.name!)
  const { id } = await requireVersion(database(), dataset, version)
  return dataStore().ask('page', { versionId: id, ...asked })
})
