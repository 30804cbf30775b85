'use client'

import { Alert, Button, Progress } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { type DragEvent, useEffect, useRef, useState } from 'react'
import type { JobSummary } from '../../../../../lib/protocol/prediction-jobs'
import { ApiError } from '../../../../_ui/api'
import { formatBytes } from '../../../../_ui/units'
import { upload } from '../../../../_ui/upload'
import { accepted, formatOf } from './batch-file'
import classes from './jobs.module.css'

type Props = {
  endpoint: string
  callable: boolean
  columns: string[] | undefined
  onStarted: () => Promise<void>
}
type Sending = { name: string; bytes: number; share: number; stop: AbortController }

/** Where a file of records is dropped, or chosen: it becomes a job when it has arrived. */
export function StartBatch({ endpoint, callable, columns, onStarted }: Props) {
  const [over, setOver] = useState(false)
  const [sending, setSending] = useState<Sending>()
  const [problem, setProblem] = useState<string>()
  const picker = useRef<HTMLInputElement>(null)
  const leave = useRef<AbortController>(undefined)
  useEffect(() => () => leave.current?.abort(), [])

  const send = async (file: File | undefined) => {
    if (!file || sending) return
    setProblem(undefined)
    const format = formatOf(file.name)
    if (!format)
      return setProblem(
        `Choose a file that ends in ${accepted.replaceAll(',', ', ')}: ${file.name} does not.`,
      )
    const stop = new AbortController()
    leave.current = stop
    const show = (share: number) => setSending({ name: file.name, bytes: file.size, share, stop })
    show(0)
    try {
      const query = new URLSearchParams({ format, name: file.name })
      await upload<{ job: JobSummary }>('POST', `/api/v1/${endpoint}/jobs?${query}`, file, show, stop.signal)
      await onStarted()
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 'aborted')) setProblem((error as Error).message)
    }
    setSending(undefined)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    if (callable) void send(event.dataTransfer.files[0])
  }
  return (
    <>
      <section
        className={classes.zone}
        aria-label="File of records"
        data-over={(over && callable) || undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <IconFileUpload size={26} stroke={1.4} aria-hidden className={classes.zoneIcon} />
        {sending ? (
          <div className={classes.sending}>
            <p className={classes.zoneTitle}>
              {sending.share < 1 ? `Sending ${sending.name}` : `Looking at ${sending.name}`}
            </p>
            <Progress value={100 * sending.share} aria-label="Sent" animated={sending.share >= 1} />
            <p className={classes.hint}>
              {formatBytes(sending.share * sending.bytes)} of {formatBytes(sending.bytes)}
            </p>
          </div>
        ) : (
          <div className={classes.zoneText}>
            <p className={classes.zoneTitle}>Predict a whole file</p>
            <p className={classes.hint}>{callable ? <Hint columns={columns} /> : notCallable}</p>
          </div>
        )}
        {sending ? (
          <Button variant="default" onClick={() => sending.stop.abort()}>
            Stop
          </Button>
        ) : (
          <Button disabled={!callable} onClick={() => picker.current?.click()}>
            Choose a file
          </Button>
        )}
        <input
          ref={picker}
          type="file"
          hidden
          accept={accepted}
          aria-label="File of records"
          onChange={(event) => {
            void send(event.currentTarget.files?.[0])
            // The same file may be chosen again, corrected.
            event.currentTarget.value = ''
          }}
        />
      </section>
      {problem && (
        <Alert
          color="red"
          variant="light"
          title="No job was made of this file"
          withCloseButton
          closeButtonLabel="Close"
          onClose={() => setProblem(undefined)}
          mt="sm"
          role="alert"
        >
          {problem}
        </Alert>
      )}
    </>
  )
}

const notCallable = 'No version is in production; promote one first.'

function Hint({ columns }: { columns: string[] | undefined }) {
  const limits = 'Up to 1,000,000 rows and 1 GB.'
  if (!columns) return `Drop NDJSON, a JSON array or Parquet here. ${limits}`
  const shown = columns.slice(0, 6).join(', ')
  const more = columns.length > 6 ? ` and ${columns.length - 6} more` : ''
  return `Drop CSV, NDJSON, a JSON array or Parquet here, with the columns ${shown}${more}. ${limits}`
}
