import type { Metadata } from 'next'
import { listVersions } from '../../../../../lib/datasets/find'
import { listReaders } from '../../../../../lib/datasets/readers'
import { database } from '../../../../../lib/db'
import { wire } from '../../../../_ui/wire'
import { DatasetFrame } from '../dataset-frame'
import { type DatasetPageProps, enterDataset } from '../enter-dataset'
import { VersionsView } from './versions-view'

export async function generateMetadata({ params }: DatasetPageProps): Promise<Metadata> {
  return { title: `Versions of ${(await params).name}` }
}

export default async function DatasetVersionsPage(props: DatasetPageProps) {
  const page = await enterDataset(props)
  const { id, name, head } = page.dataset
  const [versions, readers] = await Promise.all([listVersions(database(), id), listReaders(database(), id)])
  return (
    <DatasetFrame page={page}>
      <VersionsView
        dataset={name}
        head={head}
        versions={wire(versions)}
        readers={readers}
        mayRestore={page.mayCreate}
      />
    </DatasetFrame>
  )
}
