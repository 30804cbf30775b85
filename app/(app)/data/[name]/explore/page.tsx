import type { Metadata } from 'next'
import { DatasetFrame } from '../dataset-frame'
import { type DatasetPageProps, enterDataset } from '../enter-dataset'
import { ExploreView } from './explore-view'

export async function generateMetadata({ params }: DatasetPageProps): Promise<Metadata> {
  return { title: `Explore ${(await params).name}` }
}

export default async function DatasetExplorePage(props: DatasetPageProps) {
  const page = await enterDataset(props)
  const { dataset, version } = page
  const query = new URLSearchParams(
    Object.entries(await props.searchParams).flatMap(([name, value]) =>
      value === undefined ? [] : [value].flat().map((one) => [name, one]),
    ),
  )
  return (
    <DatasetFrame page={page}>
      <ExploreView
        key={version.id}
        query={query.toString()}
        dataset={dataset.name}
        version={version.number}
        rows={version.rows}
        columns={version.columns}
        mayCreate={page.mayCreate}
      />
    </DatasetFrame>
  )
}
