import { z } from 'zod'
import { database } from '../../../lib/db'
import { FilterError } from '../../../lib/experiments/filter'
import { listRuns } from '../../../lib/experiments/list'
import { runQuery } from '../../../lib/experiments/query'
import { deleteRuns } from '../../../lib/experiments/run'
import { Refused } from '../../../lib/refused'
import { processRegistry } from '../../../lib/registry/registry'
import { route } from '../../../lib/route'

export const GET = route({ action: 'run.list' }, async ({ entry, query }) => {
  const asked = runQuery.safeParse(query)
  if (!asked.success)
    throw new Refused(400, 'bad_request', `not understood: ${asked.error.issues[0]?.path.join('.')}`)
  return listRuns(database(), { workspaceId: entry.workspaceId, ...asked.data }).catch((error) => {
    if (error instanceof FilterError) throw new Refused(400, 'bad_filter', error.message)
    throw error
  })
})

export const DELETE = route(
  { action: 'run.change', body: z.object({ ids: z.array(z.uuid()).min(1).max(1000) }) },
  async ({ entry, body }) => ({
    deleted: await deleteRuns(database(), processRegistry().artifacts, entry.workspaceId, body.ids),
  }),
)
