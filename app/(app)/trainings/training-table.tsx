'use client'

import { Anchor, Progress } from '@mantine/core'
import Link from 'next/link'
import type { ReactNode } from 'react'
import type { TrainingSummary } from '../../../lib/protocol/training'
import { type Column, DataTable, Narrow } from '../../_ui/data-table'
import { LiveRows } from '../../_ui/live-rows'
import { RelativeTime } from '../../_ui/relative-time'
import { StatusDot } from '../../_ui/status-dot'
import { formatNumber } from '../experiments/format'
import classes from './trainings.module.css'
import { titleOf, tones, tookOf } from './words'

type Props = {
  /** Undefined until they are there. */
  trainings: TrainingSummary[] | undefined
  /** Why they could not be read. */
  problem: string | undefined
  /** Whether they are all of one data set. */
  ofOne?: boolean
  empty: ReactNode
}

/** The newest trainings; each leads to its page. */
export function TrainingTable({ trainings, problem, ofOne = false, empty }: Props) {
  return (
    <LiveRows what="trainings" rows={trainings} problem={problem}>
      {(rows) => (
        <DataTable
          label="Trainings"
          columns={columns.filter(({ key }) => !ofOne || key !== 'dataset')}
          rows={rows}
          rowKey={({ id }) => id}
          empty={empty}
        />
      )}
    </LiveRows>
  )
}

const columns: Column<TrainingSummary>[] = [
  {
    key: 'name',
    title: 'Training',
    value: titleOf,
    render: (training) => (
      <>
        <Anchor component={Link} href={`/trainings/${training.id}`} className={classes.name}>
          {titleOf(training)}
        </Anchor>
        <Narrow>
          <RelativeTime at={training.created_at} />
        </Narrow>
      </>
    ),
  },
  {
    key: 'dataset',
    title: 'Data set',
    value: ({ dataset }) => dataset.name,
    render: ({ dataset: { name, version, version_id } }) =>
      version_id === null ? (
        <span className={classes.quiet}>{name}, deleted</span>
      ) : (
        <Anchor component={Link} href={`/data/${name}?version=${version}`} inherit>
          {name} <span className={classes.quiet}>v{version}</span>
        </Anchor>
      ),
  },
  {
    key: 'status',
    title: 'Status',
    width: 190,
    value: ({ status }) => status,
    render: ({ status, progress }) =>
      status === 'running' && progress ? (
        <div className={classes.progress}>
          <Progress value={(100 * progress.done) / progress.of} aria-label={progress.what} />
          <span className={classes.quiet}>{progress.what}</span>
        </div>
      ) : (
        <StatusDot tone={tones[status]}>{status}</StatusDot>
      ),
  },
  {
    key: 'score',
    title: 'Result',
    wide: true,
    render: ({ score, error }) =>
      score ? (
        `${score.name} ${formatNumber(score.value)}`
      ) : (
        <span className={classes.excerpt}>{error ?? '–'}</span>
      ),
  },
  {
    key: 'took',
    title: 'Took',
    numeric: true,
    wide: true,
    width: 90,
    render: (training) => tookOf(training) || '–',
  },
  {
    key: 'created',
    title: 'Started',
    width: 130,
    wide: true,
    value: ({ created_at }) => Date.parse(created_at),
    render: ({ created_at }) => <RelativeTime at={created_at} />,
  },
]
