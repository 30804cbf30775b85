import { z } from 'zod'
import { database } from '../../../../../../lib/db'
import { Refused } from '../../../../../../lib/refused'
import { requireEndpoint } from '../../../../../../lib/registry/require'
import { requestDetail } from '../../../../../../lib/requests/detail'
import { route } from '../../../../../../lib/route'

export const GET = route({ action: 'endpoint.read' }, async ({ entry, params }) => {
  const { name, id } = params as { name: string; id: string }
  const endpoint = await requireEndpoint(database(), entry.workspaceId, name)
  const found = z.uuid().safeParse(id).success && (await requestDetail(database(), endpoint.id, id))
  if (!found) throw new Refused(404, 'not_found', `no request of ${name} has this id: ${id.slice(0, 100)}`)
  return found
})
