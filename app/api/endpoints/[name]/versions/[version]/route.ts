import { database } from '../../../../../../lib/db'
import { Refused } from '../../../../../../lib/refused'
import { deleteVersion } from '../../../../../../lib/registry/delete'
import { versionPage } from '../../../../../../lib/registry/version-page'
import { route } from '../../../../../../lib/route'

export const GET = route({ action: 'endpoint.read' }, async ({ entry, params }) => {
  const { name, version } = params as { name: string; version: string }
  const page = await versionPage(database(), entry.workspaceId, name, version)
  if (!page) throw new Refused(404, 'not_found', `there is no such version: ${name} ${version}`)
  return page
})

export const DELETE = route({ action: 'endpoint.manage' }, async ({ entry, user, params }) => {
  const { name, version } = params as { name: string; version: string }
  await deleteVersion(database(), {
    workspaceId: entry.workspaceId,
    userId: user.id,
    endpoint: name,
    version,
  })
  return { deleted: version }
})
