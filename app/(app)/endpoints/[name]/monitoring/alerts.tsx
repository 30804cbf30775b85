import { Anchor, Text } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import Link from 'next/link'
import type { Episode } from '../../../../../lib/alerts/episodes'
import { type Column, DataTable } from '../../../../_ui/data-table'
import { EmptyState } from '../../../../_ui/empty-state'
import { RelativeTime } from '../../../../_ui/relative-time'
import { StatusDot } from '../../../../_ui/status-dot'
import type { Wire } from '../../../../_ui/wire'

type Row = Wire<Episode>

/** What went wrong and when it was over, and who was told. */
export const Alerts = ({ endpoint, alerts }: { endpoint: string; alerts: Row[] }) => (
  <DataTable
    label="Alerts"
    columns={columns}
    rows={alerts}
    rowKey={({ id }) => id}
    maxHeight={420}
    empty={
      <EmptyState icon={<IconBell size={22} stroke={1.6} />} title="No alerts" compact>
        Who is told of what is in the{' '}
        <Anchor component={Link} href={`/endpoints/${endpoint}/settings`} size="sm">
          settings
        </Anchor>{' '}
        of this endpoint.
      </EmptyState>
    }
  />
)

const columns: Column<Row>[] = [
  {
    key: 'state',
    title: 'State',
    width: 110,
    render: ({ endedAt }) => (
      <StatusDot tone={endedAt === null ? 'bad' : 'quiet'}>
        {endedAt === null ? 'going on' : 'over'}
      </StatusDot>
    ),
  },
  { key: 'what', title: 'What', render: ({ summary }) => summary },
  { key: 'began', title: 'Began', width: 150, render: ({ beganAt }) => <RelativeTime at={beganAt} /> },
  {
    key: 'ended',
    title: 'Over',
    width: 150,
    wide: true,
    render: ({ endedAt }) => (endedAt === null ? '–' : <RelativeTime at={endedAt} />),
  },
  {
    key: 'told',
    title: 'Told',
    wide: true,
    render: ({ messages }) => <Told messages={messages} />,
  },
]

const states = { delivered: 'good', waiting: 'busy', failed: 'bad' } as const

function Told({ messages }: Pick<Row, 'messages'>) {
  return messages.map(({ phase, target, state, error }) => (
    <div key={`${phase} ${target}`}>
      <StatusDot tone={states[state]} wrap>
        {target}
        {phase === 'ended' && ', that it is over'}
        {state === 'waiting' && ', not yet'}
        {state === 'failed' && ', in vain'}
      </StatusDot>
      {error && (
        <Text size="xs" c="dimmed">
          {error}
        </Text>
      )}
    </div>
  ))
}
