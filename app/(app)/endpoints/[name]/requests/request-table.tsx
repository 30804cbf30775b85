'use client'

import { Text, UnstyledButton } from '@mantine/core'
import { IconActivity } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { FoundRequest } from '../../../../../lib/requests/search'
import { type Column, DataTable } from '../../../../_ui/data-table'
import { EmptyState } from '../../../../_ui/empty-state'
import { RelativeTime } from '../../../../_ui/relative-time'
import { StatusDot } from '../../../../_ui/status-dot'
import { formatMs } from '../../../../_ui/units'
import type { Wire } from '../../../../_ui/wire'
import { RequestDialog } from './request-dialog'
import classes from './requests.module.css'

type Row = Wire<FoundRequest>
type Props = {
  endpoint: string
  requests: Row[]
  /** In place of rows when there are none. */
  empty?: ReactNode
  onLabelled?: () => void
}

/** Requests, the newest first; pressing one shows what went in and came out. */
export function RequestTable({ endpoint, requests, empty, onLabelled }: Props) {
  const [open, setOpen] = useState<string>()
  return (
    <>
      <DataTable
        label="Requests"
        columns={columnsOf(setOpen)}
        rows={requests}
        rowKey={({ requestId }) => requestId}
        empty={
          empty ?? (
            <EmptyState icon={<IconActivity size={22} stroke={1.6} />} title="No requests yet" compact>
              They appear here within a second or two: send one with the form, or with the snippet.
            </EmptyState>
          )
        }
      />
      {open && (
        <RequestDialog
          endpoint={endpoint}
          requestId={open}
          onClose={() => setOpen(undefined)}
          onLabelled={onLabelled}
        />
      )}
    </>
  )
}

function columnsOf(show: (requestId: string) => void): Column<Row>[] {
  return [
    {
      key: 'at',
      title: 'When',
      width: 150,
      render: ({ createdAt }) => <RelativeTime at={createdAt} />,
    },
    {
      key: 'status',
      title: 'Status',
      render: ({ status }) => (
        <StatusDot tone={status < 400 ? 'good' : status < 500 ? 'warn' : 'bad'}>{status}</StatusDot>
      ),
    },
    { key: 'version', title: 'Version', wide: true, render: ({ version }) => version },
    { key: 'latency', title: 'Latency', numeric: true, render: ({ latencyMs }) => formatMs(latencyMs) },
    {
      key: 'caller',
      title: 'Key',
      wide: true,
      render: ({ key }) =>
        key ?? (
          <Text span c="dimmed" size="sm">
            a page
          </Text>
        ),
    },
    {
      key: 'answer',
      title: 'Answer',
      render: (row) => (
        <UnstyledButton className={classes.preview} onClick={() => show(row.requestId)}>
          {preview(row)}
        </UnstyledButton>
      ),
    },
    {
      key: 'label',
      title: 'Label',
      wide: true,
      render: ({ right }) =>
        right === null ? (
          ''
        ) : (
          <StatusDot tone={right ? 'good' : 'bad'}>{right ? 'right' : 'wrong'}</StatusDot>
        ),
    },
  ]
}

function preview({ error, output, records }: Row): string {
  if (error) return error
  if (output === null) return 'not kept'
  // Of one record its prediction, without the list around it.
  const one = records === 1 ? output.replace(/^\[(.*)\]$/s, '$1') : output
  return records > 1 ? `${records} records: ${one}` : one
}
