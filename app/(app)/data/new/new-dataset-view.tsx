'use client'

import { Anchor } from '@mantine/core'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '../../../_ui/api'
import { Page, PageHeader } from '../../../_ui/page'
import { DropArea } from './drop-area'
import { Preview } from './preview'
import { Sending } from './sending'

export type Uploaded = { id: string; name: string; bytes: number }
/** The data set that gets a new version; none for a new one. */
export type Extended = { id: string; name: string; head: number }

type Props = { upload?: Uploaded; dataset?: Extended }

/** From a file to a data set: send it, look at what it holds, save. */
export function NewDatasetView({ upload: first, dataset }: Props) {
  const router = useRouter()
  const [upload, setUpload] = useState(first)
  const [file, setFile] = useState<File>()
  const [problem, setProblem] = useState<string>()

  const at = (id?: string) => {
    const query = new URLSearchParams()
    if (dataset) query.set('dataset', dataset.name)
    if (id) query.set('upload', id)
    return `/data/new${query.size > 0 ? `?${query}` : ''}`
  }
  function sent(done: Uploaded) {
    setFile(undefined)
    setUpload(done)
    // A reload finds the file that has come.
    window.history.replaceState(null, '', at(done.id))
  }
  function back(why?: string) {
    if (upload) void api('DELETE', `/api/dataset-uploads/${upload.id}`).catch(() => {})
    setFile(undefined)
    setUpload(undefined)
    setProblem(why)
    window.history.replaceState(null, '', at())
  }

  return (
    <Page>
      <PageHeader
        above={
          <Anchor component={Link} href={dataset ? `/data/${dataset.name}` : '/data'} size="sm">
            {dataset ? dataset.name : 'Data'}
          </Anchor>
        }
        title={dataset ? `New version of ${dataset.name}` : 'Add data'}
        description={
          dataset
            ? 'The file takes the place of all rows; the versions before stay.'
            : 'A file becomes a data set. Nothing is made of it before you have looked at it.'
        }
      />
      {upload ? (
        <Preview
          upload={upload}
          dataset={dataset}
          onBack={() => back()}
          onSaved={({ name }) => {
            router.push(`/data/${name}`)
            router.refresh()
          }}
        />
      ) : file ? (
        <Sending file={file} onSent={sent} onFailed={back} />
      ) : (
        <DropArea
          problem={problem}
          onFile={(chosen) => {
            setProblem(undefined)
            setFile(chosen)
          }}
        />
      )}
    </Page>
  )
}
