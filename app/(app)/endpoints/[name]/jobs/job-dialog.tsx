'use client'

import { Group, Modal, Stack, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { hasEnded, type JobSummary } from '../../../../../lib/protocol/prediction-jobs'
import { api } from '../../../../_ui/api'
import { CodeBlock } from '../../../../_ui/code-block'
import { DataTable } from '../../../../_ui/data-table'
import { formatJson } from '../../../../_ui/records/format-json'
import { StatusDot } from '../../../../_ui/status-dot'
import { formatBytes, formatCount } from '../../../../_ui/units'
import { nameOf, tones } from './job-name'
import classes from './jobs.module.css'
import { describeSeconds } from './rate'
import { ResultMenu } from './result-menu'

/** What came of a job: its rows that failed, or the predictions of a request. */
export function JobDialog({
  endpoint,
  job,
  onClose,
}: {
  endpoint: string
  job: JobSummary
  onClose: () => void
}) {
  const { id, kind, status, version, rows, error, failures, bytes } = job
  const predictions = usePredictions(endpoint, job)
  return (
    <Modal opened onClose={onClose} title={nameOf(job)} size="lg">
      <Stack gap="sm">
        <Group justify="space-between">
          <StatusDot tone={tones[status]}>{status}</StatusDot>
          {status === 'done' && kind === 'batch' && <ResultMenu endpoint={endpoint} job={job} />}
        </Group>
        <Text size="sm" c="dimmed">
          <code>{id}</code>, version {version}, {formatBytes(bytes)}
          {rows.total !== null && `, ${formatCount(rows.done)} of ${formatCount(rows.total)} rows done`}
          {tookOf(job)}
        </Text>
        {error && <p className={classes.error}>{error}</p>}
        {predictions !== undefined && (
          <CodeBlock code={formatJson(predictions)} label="Predictions as JSON" />
        )}
        {failures.length > 0 && (
          <>
            <Text size="sm" fw={600}>
              {failures.length < rows.failed
                ? `The first ${failures.length} of ${formatCount(rows.failed)} rows that failed`
                : `${formatCount(rows.failed)} ${rows.failed === 1 ? 'row' : 'rows'} failed`}
            </Text>
            <DataTable
              label="Rows that failed"
              columns={[
                {
                  key: 'row',
                  title: 'Row',
                  numeric: true,
                  width: 80,
                  render: ({ row }) => formatCount(row),
                },
                {
                  key: 'message',
                  title: 'Why',
                  render: ({ message }) => <span className={classes.why}>{message}</span>,
                },
              ]}
              rows={failures}
              rowKey={({ row }) => String(row)}
              maxHeight={360}
            />
          </>
        )}
      </Stack>
    </Modal>
  )
}

function tookOf({ started_at, ended_at }: JobSummary) {
  if (!started_at || !ended_at) return ''
  const seconds = (Date.parse(ended_at) - Date.parse(started_at)) / 1000
  return seconds < 1 ? ', in less than a second' : `, in ${describeSeconds(seconds)}`
}

/** Of a request that is done; undefined until they are there, and for a batch. */
function usePredictions(endpoint: string, { id, kind, status }: JobSummary) {
  const [predictions, setPredictions] = useState<unknown>()
  useEffect(() => {
    if (kind !== 'request' || !hasEnded(status)) return
    let gone = false
    api<{ predictions?: unknown }>('GET', `/api/v1/${endpoint}/jobs/${id}`).then(
      (answer) => gone || setPredictions(answer.predictions),
      () => {},
    )
    return () => {
      gone = true
    }
  }, [endpoint, id, kind, status])
  return predictions
}
