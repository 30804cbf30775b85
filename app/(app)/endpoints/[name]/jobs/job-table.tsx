'use client'

import { Button, UnstyledButton } from '@mantine/core'
import { IconStack2 } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { hasEnded, type JobSummary } from '../../../../../lib/protocol/prediction-jobs'
import { type Column, DataTable } from '../../../../_ui/data-table'
import { EmptyState } from '../../../../_ui/empty-state'
import { LiveRows } from '../../../../_ui/live-rows'
import { RelativeTime } from '../../../../_ui/relative-time'
import { StatusDot } from '../../../../_ui/status-dot'
import { nameOf, tones } from './job-name'
import { JobProgress } from './job-progress'
import classes from './jobs.module.css'
import { ResultMenu } from './result-menu'

type Props = {
  endpoint: string
  /** Undefined until they are there. */
  jobs: JobSummary[] | undefined
  /** Why they could not be read. */
  problem: string | undefined
  onOpen: (id: string) => void
  onCancel: (id: string) => Promise<void>
}

/** The newest jobs; a press on one shows what came of it. */
export function JobTable({ endpoint, jobs, problem, onOpen, onCancel }: Props) {
  const now = useNow(jobs)
  return (
    <LiveRows what="jobs" rows={jobs} problem={problem}>
      {(rows) => (
        <DataTable
          label="Jobs"
          columns={columnsOf(endpoint, now, onOpen, onCancel)}
          rows={rows}
          rowKey={({ id }) => id}
          empty={
            <EmptyState icon={<IconStack2 size={22} stroke={1.6} />} title="No jobs yet" compact>
              Drop a file above, or send a request with the header <code>Prefer: respond-async</code>.
            </EmptyState>
          }
        />
      )}
    </LiveRows>
  )
}

/** The time, kept current while a job runs. */
function useNow(jobs: JobSummary[] | undefined) {
  const [now, setNow] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each reading of the jobs has its time
  useEffect(() => setNow(Date.now()), [jobs])
  return now
}

function columnsOf(
  endpoint: string,
  now: number,
  onOpen: Props['onOpen'],
  onCancel: Props['onCancel'],
): Column<JobSummary>[] {
  return [
    {
      key: 'name',
      title: 'Job',
      value: (job) => nameOf(job),
      render: (job) => (
        <UnstyledButton className={classes.name} onClick={() => onOpen(job.id)}>
          {nameOf(job)}
        </UnstyledButton>
      ),
    },
    {
      key: 'status',
      title: 'Status',
      width: 110,
      value: ({ status }) => status,
      render: ({ status }) => <StatusDot tone={tones[status]}>{status}</StatusDot>,
    },
    { key: 'rows', title: 'Rows', render: (job) => <JobProgress job={job} now={now} /> },
    { key: 'version', title: 'Version', wide: true, width: 90, render: ({ version }) => version },
    {
      key: 'created',
      title: 'Asked for',
      wide: true,
      width: 140,
      value: ({ created_at }) => Date.parse(created_at),
      render: ({ created_at }) => <RelativeTime at={created_at} />,
    },
    {
      key: 'actions',
      title: '',
      width: 130,
      numeric: true,
      render: (job) => <Actions endpoint={endpoint} job={job} onCancel={onCancel} />,
    },
  ]
}

type ActionsProps = { endpoint: string; job: JobSummary; onCancel: Props['onCancel'] }

function Actions({ endpoint, job, onCancel }: ActionsProps) {
  const [busy, setBusy] = useState(false)
  if (!hasEnded(job.status))
    return (
      <Button
        variant="default"
        size="compact-sm"
        loading={busy}
        aria-label={`Cancel ${nameOf(job)}`}
        onClick={async () => {
          setBusy(true)
          await onCancel(job.id)
          setBusy(false)
        }}
      >
        Cancel
      </Button>
    )
  if (job.status === 'done' && job.kind === 'batch') return <ResultMenu endpoint={endpoint} job={job} />
  return null
}
