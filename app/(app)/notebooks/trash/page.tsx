import type { Metadata } from 'next'
import { listFolders } from '../../../../lib/folders/list'
import { listTrash } from '../../../../lib/notebooks/trash'
import { hasRole } from '../../../../lib/permissions'
import { enterAsMember } from '../../../_ui/visitor'
import { wire } from '../../../_ui/wire'
import { TrashView } from './trash-view'

export const metadata: Metadata = { title: 'Trash' }

export default async function TrashPage() {
  const { workspaceId, role } = await enterAsMember('notebook.list')
  const [notebooks, folders] = await Promise.all([listTrash(workspaceId), listFolders(workspaceId)])
  return <TrashView notebooks={wire(notebooks)} folders={folders} mayEdit={hasRole(role, 'editor')} />
}
