import type { Metadata } from 'next'
import { listDatasets } from '../../../lib/datasets/list'
import { database } from '../../../lib/db'
import { hasRole } from '../../../lib/permissions'
import { enterAsMember } from '../../_ui/visitor'
import { wire } from '../../_ui/wire'
import { DatasetsView } from './datasets-view'

export const metadata: Metadata = { title: 'Data' }

export default async function DataPage() {
  const { workspaceId, role } = await enterAsMember('dataset.list')
  const datasets = await listDatasets(database(), workspaceId)
  return <DatasetsView datasets={wire(datasets)} mayCreate={hasRole(role, 'editor')} />
}
