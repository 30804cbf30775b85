import type { Metadata } from 'next'
import { database } from '../../../lib/db'
import { listNotebooks } from '../../../lib/notebooks/list'
import { hasRole } from '../../../lib/permissions'
import { deletedEndpoints, listEndpoints } from '../../../lib/registry/list'
import { firstNotebook } from '../../_ui/first-notebook'
import { enterAsMember } from '../../_ui/visitor'
import { wire } from '../../_ui/wire'
import { EndpointsView } from './endpoints-view'

export const metadata: Metadata = { title: 'Endpoints' }

export default async function EndpointsPage() {
  const { workspaceId, role } = await enterAsMember('endpoint.list')
  const [endpoints, deleted] = await Promise.all([
    listEndpoints(database(), workspaceId),
    deletedEndpoints(database(), workspaceId),
  ])
  const first = endpoints.length > 0 ? undefined : firstNotebook(await listNotebooks(workspaceId))
  return (
    <EndpointsView
      endpoints={wire(endpoints)}
      deleted={wire(deleted)}
      firstNotebook={first}
      mayManage={hasRole(role, 'editor')}
    />
  )
}
