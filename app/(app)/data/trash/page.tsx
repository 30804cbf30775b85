import type { Metadata } from 'next'
import { listDatasetTrash } from '../../../../lib/datasets/trash'
import { database } from '../../../../lib/db'
import { hasRole } from '../../../../lib/permissions'
import { enterAsMember } from '../../../_ui/visitor'
import { wire } from '../../../_ui/wire'
import { DatasetTrashView } from './dataset-trash-view'

export const metadata: Metadata = { title: 'Trash' }

export default async function DatasetTrashPage() {
  const { workspaceId, role } = await enterAsMember('dataset.list')
  const datasets = await listDatasetTrash(workspaceId, database())
  return <DatasetTrashView datasets={wire(datasets)} mayEdit={hasRole(role, 'editor')} />
}
