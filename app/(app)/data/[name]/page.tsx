import type { Metadata } from 'next'
import { DatasetFrame } from './dataset-frame'
import { DatasetMenu } from './dataset-menu'
import { type DatasetPageProps, enterDataset } from './enter-dataset'
import { RowsView } from './rows-view'

export async function generateMetadata({ params }: DatasetPageProps): Promise<Metadata> {
  return { title: (await params).name }
}

export default async function DatasetRowsPage(props: DatasetPageProps) {
  const page = await enterDataset(props)
  const { dataset, version, mayWrite } = page
  return (
    <DatasetFrame
      page={page}
      actions={
        <DatasetMenu
          dataset={dataset.name}
          description={dataset.description}
          version={version.number}
          mayWrite={mayWrite}
        />
      }
    >
      <RowsView
        // A newer version of the same rows goes on where the person is.
        key={version.number === dataset.head ? dataset.id : version.id}
        datasetId={dataset.id}
        dataset={dataset.name}
        version={version.number}
        columns={version.columns}
        total={version.rows}
        mayWrite={mayWrite}
      />
    </DatasetFrame>
  )
}
