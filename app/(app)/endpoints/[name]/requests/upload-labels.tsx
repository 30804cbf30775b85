'use client'

import { Button, FileButton } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useState } from 'react'
import { api } from '../../../../_ui/api'
import { say, sayFailure } from '../../../../_ui/notices'
import { formatCount } from '../../../../_ui/units'
import { readLabels } from './read-labels'

const perRequest = 10_000

/** Takes a file of labels, `request_id` and `truth`, and says how many were kept. */
export function UploadLabels({ endpoint, onLabelled }: { endpoint: string; onLabelled: () => void }) {
  const [done, setDone] = useState<number>()
  const upload = async (file: File | null) => {
    if (!file) return
    setDone(0)
    try {
      const labels = readLabels(file.name, await file.text())
      let kept = 0
      let unknown = 0
      for (let at = 0; at < labels.length; at += perRequest) {
        const feedback = labels.slice(at, at + perRequest)
        const answer = await api<{ kept: number; unknown: string[] }>(
          'POST',
          `/api/v1/${endpoint}/feedback`,
          { feedback },
        )
        kept += answer.kept
        unknown += answer.unknown.length
        setDone((at + feedback.length) / labels.length)
      }
      say(
        `${formatCount(kept)} labels were kept.${unknown > 0 ? ` ${formatCount(unknown)} are of requests that this endpoint does not know.` : ''}`,
      )
      onLabelled()
    } catch (error) {
      sayFailure('The labels were not kept', error)
    }
    setDone(undefined)
  }
  return (
    <FileButton accept=".csv,.tsv,.json,.ndjson,.jsonl" onChange={(file) => void upload(file)}>
      {(props) => (
        <Button
          {...props}
          variant="default"
          leftSection={<IconUpload size={16} stroke={1.6} />}
          disabled={done !== undefined}
        >
          {done === undefined ? 'Upload labels' : `Uploading, ${Math.round(100 * done)} %`}
        </Button>
      )}
    </FileButton>
  )
}
