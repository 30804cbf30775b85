import type { Metadata } from 'next'
import { hasRole } from '../../../../../lib/permissions'
import { enterAsMember } from '../../../../_ui/visitor'
import { DatasetFrame } from '../dataset-frame'
import { type DatasetPageProps, enterDataset } from '../enter-dataset'
import { TrainView } from './train-view'

export async function generateMetadata({ params }: DatasetPageProps): Promise<Metadata> {
  return { title: `Train on ${(await params).name}` }
}

export default async function DatasetTrainPage(props: DatasetPageProps) {
  const page = await enterDataset(props)
  const { role } = await enterAsMember('training.list')
  const { dataset, version } = page
  const { like } = await props.searchParams
  return (
    <DatasetFrame page={page}>
      <TrainView
        key={version.id}
        dataset={dataset.name}
        version={version.number}
        rows={version.rows}
        columns={version.columns}
        like={typeof like === 'string' ? like : undefined}
        mayStart={hasRole(role, 'editor')}
      />
    </DatasetFrame>
  )
}
