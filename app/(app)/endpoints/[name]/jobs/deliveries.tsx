'use client'

import { Button, Modal, Stack, Text, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import type { DeliveryAttempt, DeliveryState } from '../../../../../lib/protocol/webhooks'
import { type Column, DataTable } from '../../../../_ui/data-table'
import { RelativeTime } from '../../../../_ui/relative-time'
import { StatusDot, type Tone } from '../../../../_ui/status-dot'
import { formatMs } from '../../../../_ui/units'
import classes from './jobs.module.css'
import type { Delivery } from './use-deliveries'

type Props = { deliveries: Delivery[]; mayManage: boolean; onSendAgain: (id: string) => Promise<void> }

/** Reports of ended jobs: whether the receiver took them, and each attempt. */
export function Deliveries({ deliveries, mayManage, onSendAgain }: Props) {
  const [openId, setOpenId] = useState<string>()
  const open = deliveries.find(({ id }) => id === openId)
  return (
    <>
      <DataTable
        label="Webhook deliveries"
        columns={columnsOf(setOpenId, mayManage ? onSendAgain : undefined)}
        rows={deliveries}
        rowKey={({ id }) => id}
        maxHeight={420}
      />
      {open && (
        <Modal opened onClose={() => setOpenId(undefined)} title="Webhook delivery" size="lg">
          <Stack gap="sm">
            <Text size="sm" c="dimmed" className={classes.why}>
              To {open.url}, of the job <code>{open.jobId}</code>
            </Text>
            <DataTable
              label="Attempts"
              columns={attemptColumns}
              rows={open.attempts}
              rowKey={({ at }) => at}
              maxHeight={360}
            />
          </Stack>
        </Modal>
      )}
    </>
  )
}

const tones: Record<DeliveryState, Tone> = { waiting: 'busy', delivered: 'good', failed: 'bad' }

const attemptColumns: Column<DeliveryAttempt>[] = [
  { key: 'at', title: 'When', width: 170, render: ({ at }) => <RelativeTime at={at} /> },
  { key: 'came', title: 'What came', render: (attempt) => cameOf(attempt) },
  { key: 'ms', title: 'Took', numeric: true, width: 90, render: ({ ms }) => formatMs(ms) },
]

const cameOf = ({ status, error }: DeliveryAttempt) => error ?? `status ${status}`

function columnsOf(
  onOpen: (id: string) => void,
  onSendAgain: Props['onSendAgain'] | undefined,
): Column<Delivery>[] {
  return [
    {
      key: 'created',
      title: 'When',
      width: 130,
      value: ({ createdAt }) => Date.parse(createdAt),
      render: ({ createdAt }) => <RelativeTime at={createdAt} />,
    },
    {
      key: 'state',
      title: 'Status',
      width: 120,
      value: ({ state }) => state,
      render: ({ state }) => <StatusDot tone={tones[state]}>{state}</StatusDot>,
    },
    {
      key: 'url',
      title: 'To',
      render: (delivery) => (
        <UnstyledButton className={classes.name} onClick={() => onOpen(delivery.id)}>
          {delivery.url}
        </UnstyledButton>
      ),
    },
    {
      key: 'last',
      title: 'Last answer',
      wide: true,
      render: ({ attempts, state, nextAt }) => {
        const last = attempts.at(-1)
        return (
          <span className={classes.quiet}>
            {last ? cameOf(last) : 'not sent yet'}
            {state === 'waiting' && last && (
              <>
                , next try <RelativeTime at={nextAt} />
              </>
            )}
          </span>
        )
      },
    },
    {
      key: 'actions',
      title: '',
      width: 130,
      numeric: true,
      render: ({ id, state }) =>
        onSendAgain &&
        state !== 'delivered' && (
          <Button variant="default" size="compact-sm" onClick={() => void onSendAgain(id)}>
            Send again
          </Button>
        ),
    },
  ]
}
