import { z } from 'zod'
import { dataStore } from '../../../../../lib/datasets/data-store'
import { requireDataset, requireVersion } from '../../../../../lib/datasets/find'
import { database } from '../../../../../lib/db'
import { maxPageRows } from '../../../../../lib/protocol/dataset'
import { diffKinds } from '../../../../../lib/protocol/dataset-diff'
import { readQuery } from '../../../../../lib/read-query'
import { route } from '../../../../../lib/route'

const query = z.object({
  before: z.coerce.number().int().min(1),
  after: z.coerce.number().int().min(1),
  kind: z.enum(diffKinds).optional(),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(0).max(maxPageRows).default(50),
})

/** What differs between two versions, and some of the rows; of one kind where the query names it. */
export const GET = route({ action: 'dataset.read' }, async ({ entry, params, query: text }) => {
  const { before, after, kind, offset, limit } = readQuery(query, text)
  const dataset = await requireDataset(database(), entry.workspaceId, params.name!)
  const [old, now] = await Promise.all(
    [before, after].map((number) => requireVersion(database(), dataset, number)),
  )
  return dataStore().ask('diff', {
    before: old!.id,
    after: now!.id,
    kinds: kind ? [kind] : [...diffKinds],
    offset,
    limit,
  })
})
