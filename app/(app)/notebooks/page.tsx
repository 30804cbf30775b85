import type { Metadata } from 'next'
import { listFolders } from '../../../lib/folders/list'
import { listNotebooks } from '../../../lib/notebooks/list'
import { hasRole } from '../../../lib/permissions'
import { enterAsMember } from '../../_ui/visitor'
import { wire } from '../../_ui/wire'
import { NotebooksView } from './notebooks-view'

export const metadata: Metadata = { title: 'Notebooks' }

type Props = { searchParams: Promise<{ folder?: string }> }

export default async function NotebooksPage({ searchParams }: Props) {
  const { workspaceId, role } = await enterAsMember('notebook.list')
  const [notebooks, folders] = await Promise.all([listNotebooks(workspaceId), listFolders(workspaceId)])
  const { folder } = await searchParams
  // A folder that is gone shows the top.
  const open = folders.find(({ id }) => id === folder)?.id ?? null
  return (
    <NotebooksView
      key={open}
      notebooks={wire(notebooks)}
      folders={folders}
      folder={open}
      mayEdit={hasRole(role, 'editor')}
    />
  )
}
