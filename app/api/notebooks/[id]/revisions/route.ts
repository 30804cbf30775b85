import { z } from 'zod'
import { Refused } from '../../../../../lib/refused'
import { listRevisions } from '../../../../../lib/revisions/list'
import { route } from '../../../../../lib/route'
import { ofNotebook } from '../../../../../lib/route-targets'

const before = z.iso.datetime().optional()

export const GET = route({ action: 'notebook.read', target: ofNotebook }, async ({ params, query }) => {
  const { success, data } = before.safeParse(query.before)
  if (!success) throw new Refused(400, 'bad_request', `before is a time in ISO 8601, not: ${query.before}`)
  return { revisions: await listRevisions(params.id!, data === undefined ? undefined : new Date(data)) }
})
