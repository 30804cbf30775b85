import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { readConfig } from '../../../../lib/config'
import { hasRole } from '../../../../lib/permissions'
import { Refused } from '../../../../lib/refused'
import { listPulls } from '../../../../lib/repositories/pulls'
import { findRepository } from '../../../../lib/repositories/repositories'
import { enterAsMember } from '../../../_ui/visitor'
import { wire } from '../../../_ui/wire'
import { RepositoryView } from './repository-view'

export const metadata: Metadata = { title: 'Repository' }

type Props = { params: Promise<{ id: string }> }

export default async function RepositoryPage({ params }: Props) {
  const { workspaceId, role } = await enterAsMember('repository.list')
  const { id, address, branch, commit, path } = await findRepository(workspaceId, (await params).id).catch(
    (error: unknown) => {
      if (error instanceof Refused) notFound()
      throw error
    },
  )
  return (
    <RepositoryView
      repository={{ id, address, branch, commit, path }}
      pulls={wire(await listPulls(id))}
      webhook={`${readConfig().origin}/api/repositories/${id}/webhook`}
      mayManage={hasRole(role, 'editor')}
    />
  )
}
