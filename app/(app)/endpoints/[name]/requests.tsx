'use client'

import { Modal, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconActivity } from '@tabler/icons-react'
import { useState } from 'react'
import type { RecentPrediction } from '../../../../lib/registry/page'
import { CodeBlock } from '../../../_ui/code-block'
import { type Column, DataTable } from '../../../_ui/data-table'
import { EmptyState } from '../../../_ui/empty-state'
import { formatJson } from '../../../_ui/records/format-json'
import { RelativeTime } from '../../../_ui/relative-time'
import { StatusDot } from '../../../_ui/status-dot'
import { formatMs } from '../../../_ui/units'
import type { Wire } from '../../../_ui/wire'
import classes from './endpoint.module.css'

type Row = Wire<RecentPrediction>

/** The newest requests; pressing one shows what went in and came out. */
export function Requests({ requests }: { requests: Row[] }) {
  const [open, setOpen] = useState<Row>()
  return (
    <>
      <DataTable
        label="Newest requests"
        columns={columnsOf(setOpen)}
        rows={requests}
        rowKey={({ requestId }) => requestId}
        maxHeight={460}
        empty={
          <EmptyState icon={<IconActivity size={22} stroke={1.6} />} title="No requests yet" compact>
            They appear here within a second or two: send one with the form, or with the snippet.
          </EmptyState>
        }
      />
      {open && <RequestDialog request={open} onClose={() => setOpen(undefined)} />}
    </>
  )
}

function columnsOf(show: (row: Row) => void): Column<Row>[] {
  return [
    {
      key: 'at',
      title: 'When',
      width: 170,
      value: ({ createdAt }) => Date.parse(createdAt),
      render: ({ createdAt }) => <RelativeTime at={createdAt} />,
    },
    {
      key: 'status',
      title: 'Status',
      value: ({ status }) => status,
      render: ({ status }) => (
        <StatusDot tone={status < 400 ? 'good' : status === 429 ? 'warn' : 'bad'}>{status}</StatusDot>
      ),
    },
    {
      key: 'version',
      title: 'Version',
      wide: true,
      value: ({ version }) => version,
      render: ({ version }) => version,
    },
    {
      key: 'latency',
      title: 'Latency',
      numeric: true,
      value: ({ latencyMs }) => latencyMs,
      render: ({ latencyMs }) => formatMs(latencyMs),
    },
    {
      key: 'model',
      title: 'In the model',
      numeric: true,
      wide: true,
      value: ({ modelMs }) => modelMs,
      render: ({ modelMs }) => formatMs(modelMs),
    },
    {
      key: 'answer',
      title: 'Answer',
      render: (row) => (
        <UnstyledButton className={classes.preview} onClick={() => show(row)}>
          {preview(row)}
        </UnstyledButton>
      ),
    },
  ]
}

function preview({ error, output, records }: Row): string {
  if (error) return error
  const text = JSON.stringify(Array.isArray(output) && output.length === 1 ? output[0] : output) ?? 'null'
  const short = text.length > 90 ? `${text.slice(0, 88)} …` : text
  return records > 1 ? `${records} records: ${short}` : short
}

function RequestDialog({ request, onClose }: { request: Row; onClose: () => void }) {
  const { requestId, version, status, latencyMs, modelMs, input, output, error, truncated, createdAt } =
    request
  return (
    <Modal opened onClose={onClose} title="Request" size="lg">
      <Stack gap="sm">
        <Text size="sm">
          <code>{requestId}</code>
        </Text>
        <Text size="sm" c="dimmed">
          Version {version}, status {status}, {formatMs(latencyMs)} in all, {formatMs(modelMs)} in the model,{' '}
          <RelativeTime at={createdAt} />
          {truncated && '; input or output was too large to keep'}
        </Text>
        {error && <Text className={classes.error}>{error}</Text>}
        <Text size="sm" fw={600}>
          Input
        </Text>
        <CodeBlock code={formatJson(input)} label="Input as JSON" />
        {!error && (
          <>
            <Text size="sm" fw={600}>
              Output
            </Text>
            <CodeBlock code={formatJson(output)} label="Output as JSON" />
          </>
        )}
      </Stack>
    </Modal>
  )
}
