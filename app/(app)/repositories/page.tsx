import type { Metadata } from 'next'
import { hasRole } from '../../../lib/permissions'
import { listRepositories } from '../../../lib/repositories/repositories'
import { enterAsMember } from '../../_ui/visitor'
import { wire } from '../../_ui/wire'
import { RepositoriesView } from './repositories-view'

export const metadata: Metadata = { title: 'Repositories' }

export default async function RepositoriesPage() {
  const { workspaceId, role } = await enterAsMember('repository.list')
  const repositories = wire(await listRepositories(workspaceId))
  return <RepositoriesView repositories={repositories} mayManage={hasRole(role, 'editor')} />
}
