import type { Metadata } from 'next'
import { listNotebooks } from '../../../lib/notebooks/list'
import { hasRole } from '../../../lib/permissions'
import { enterAsMember } from '../../_ui/visitor'
import { wire } from '../../_ui/wire'
import { NotebooksView } from './notebooks-view'

export const metadata: Metadata = { title: 'Notebooks' }

export default async function NotebooksPage() {
  const { workspaceId, role } = await enterAsMember('notebook.list')
  const notebooks = await listNotebooks(workspaceId)
  return <NotebooksView notebooks={wire(notebooks)} mayEdit={hasRole(role, 'editor')} />
}
