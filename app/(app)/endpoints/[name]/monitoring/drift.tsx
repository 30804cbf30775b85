import { Text } from '@mantine/core'
import { IconArrowsDiff } from '@tabler/icons-react'
import type { DriftState } from '../../../../../lib/monitoring/drift/latest'
import { type Column, DataTable } from '../../../../_ui/data-table'
import { EmptyState } from '../../../../_ui/empty-state'
import { RelativeTime } from '../../../../_ui/relative-time'
import { StatusDot } from '../../../../_ui/status-dot'
import { formatCount } from '../../../../_ui/units'
import type { Wire } from '../../../../_ui/wire'
import classes from './monitoring.module.css'

type Check = Wire<DriftState>['checks'][number]
type Field = Check['fields'][number]

/** How what came differs from the training data, by version and field. */
export function Drift({ checks, referenced }: Wire<DriftState>) {
  if (checks.length > 0) return checks.map((check) => <DriftOfVersion key={check.version} check={check} />)
  return (
    <DataTable
      label="Drift"
      columns={columns}
      rows={[]}
      rowKey={({ path }) => path}
      empty={
        <EmptyState
          icon={<IconArrowsDiff size={22} stroke={1.6} />}
          title={referenced === false ? 'Nothing to compare with' : 'Not compared yet'}
          compact
        >
          {referenced === false
            ? 'The version in production was made without data. Promote it with the records that it was trained on, and what comes is compared with them.'
            : 'It is compared every five minutes, from 200 records within a day on whose inputs and outputs are kept.'}
        </EmptyState>
      }
    />
  )
}

function DriftOfVersion({ check }: { check: Check }) {
  const { version, records, from, to, at, fields } = check
  const drifted = fields.filter((field) => field.drifted)
  return (
    <div className={classes.drift}>
      <div className={classes.verdict}>
        <StatusDot tone={drifted.length > 0 ? 'bad' : 'good'} wrap>
          {drifted.length > 0
            ? `Version ${version}: ${drifted.map(({ side, path }) => `${side} ${path}`).join(', ')} drifted`
            : `Version ${version}: what comes is like the training data`}
        </StatusDot>
        <Text size="sm" c="dimmed">
          The newest {formatCount(records)} records, from <RelativeTime at={from} /> to{' '}
          <RelativeTime at={to} />, compared <RelativeTime at={at} />.
        </Text>
      </div>
      <DataTable
        label={`Drift of version ${version}`}
        columns={columns}
        rows={fields}
        rowKey={({ side, path }) => `${side} ${path}`}
        maxHeight={320}
      />
    </div>
  )
}

const columns: Column<Field>[] = [
  {
    key: 'field',
    title: 'Field',
    value: ({ path }) => path,
    render: ({ path }) => <code>{path}</code>,
  },
  { key: 'side', title: 'Of', wide: true, value: ({ side }) => side, render: ({ side }) => side },
  {
    key: 'verdict',
    title: 'Drift',
    value: ({ drifted }) => Number(drifted),
    render: ({ drifted }) => <StatusDot tone={drifted ? 'bad' : 'good'}>{drifted ? 'yes' : 'no'}</StatusDot>,
  },
  {
    key: 'psi',
    title: 'PSI',
    numeric: true,
    value: ({ psi }) => psi,
    render: ({ psi }) => psi.toFixed(3),
  },
  { key: 'test', title: 'Test', wide: true, render: ({ test }) => test },
  {
    key: 'statistic',
    title: 'Statistic',
    numeric: true,
    wide: true,
    render: ({ statistic }) => statistic.toFixed(3),
  },
  {
    key: 'p',
    title: 'p, corrected',
    numeric: true,
    value: ({ p }) => p,
    render: ({ p }) => (p < 0.001 ? '< 0.001' : p.toFixed(3)),
  },
]
