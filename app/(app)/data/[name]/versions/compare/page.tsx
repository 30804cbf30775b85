import type { Metadata } from 'next'
import { listVersions } from '../../../../../../lib/datasets/find'
import { database } from '../../../../../../lib/db'
import { wire } from '../../../../../_ui/wire'
import { DatasetFrame } from '../../dataset-frame'
import { type DatasetPageProps, enterDataset } from '../../enter-dataset'
import { CompareView } from './compare-view'

export async function generateMetadata({ params }: DatasetPageProps): Promise<Metadata> {
  return { title: `What differs in ${(await params).name}` }
}

export default async function DatasetComparePage(props: DatasetPageProps) {
  const page = await enterDataset(props)
  const { id, name, head } = page.dataset
  const versions = await listVersions(database(), id)
  const { before, after } = await props.searchParams
  const numbers = new Set(versions.map(({ number }) => number))
  const known = (asked: string | string[] | undefined, otherwise: number) =>
    numbers.has(Number(asked)) ? Number(asked) : otherwise
  return (
    <DatasetFrame page={page}>
      <CompareView
        dataset={name}
        versions={wire(versions)}
        before={known(before, Math.max(1, head - 1))}
        after={known(after, head)}
      />
    </DatasetFrame>
  )
}
