import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { findDataset } from '../../../../lib/datasets/find'
import { requireUpload } from '../../../../lib/datasets/uploads'
import { database } from '../../../../lib/db'
import { enterAsMember } from '../../../_ui/visitor'
import { NewDatasetView } from './new-dataset-view'

export const metadata: Metadata = { title: 'Add data' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** A file becomes a data set, or with `?dataset=` the next version of one. `?upload=`: a file that has come already. */
export default async function NewDatasetPage({ searchParams }: Props) {
  const { upload: uploadId, dataset: name } = await searchParams
  const { workspaceId } = await enterAsMember('dataset.create')
  const upload =
    typeof uploadId === 'string'
      ? await requireUpload(database(), uploadId, workspaceId).catch(() => undefined)
      : undefined
  const dataset = typeof name === 'string' ? await findDataset(database(), workspaceId, name) : undefined
  if (name !== undefined && !dataset) notFound()
  return (
    <NewDatasetView
      upload={
        upload?.savedVersionId === null
          ? { id: upload.id, name: upload.name, bytes: upload.bytes }
          : undefined
      }
      dataset={dataset && { id: dataset.id, name: dataset.name, head: dataset.head }}
    />
  )
}
