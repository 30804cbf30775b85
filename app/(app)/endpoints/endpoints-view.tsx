'use client'

import { Anchor, Button } from '@mantine/core'
import { IconRoute } from '@tabler/icons-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { EndpointSummary } from '../../../lib/registry/list'
import { useCommands } from '../../_ui/commands'
import type { Column } from '../../_ui/data-table'
import { EmptyState } from '../../_ui/empty-state'
import { Page, PageHeader } from '../../_ui/page'
import { SearchedTable } from '../../_ui/searched-table'
import { StatusDot } from '../../_ui/status-dot'
import { formatCount, formatMs, formatShare } from '../../_ui/units'
import type { Wire } from '../../_ui/wire'
import { AddModelDialog } from './add-model/add-model-dialog'
import { type Deleted, DeletedEndpoints } from './deleted-endpoints'

type Row = Wire<EndpointSummary>

type Props = {
  endpoints: Row[]
  deleted: Deleted[]
  /** Where the first one can be made. */
  firstNotebook?: string
  mayManage: boolean
}

/** The endpoints of a workspace. */
export function EndpointsView({ endpoints, deleted, firstNotebook, mayManage }: Props) {
  const router = useRouter()
  const [adding, setAdding] = useState(false)
  useCommands(
    'Open',
    endpoints.map(({ name }) => ({
      id: `endpoint-${name}`,
      label: name,
      keywords: ['endpoint'],
      run: () => router.push(`/endpoints/${name}`),
    })),
  )
  useCommands(
    'Do',
    mayManage ? [{ id: 'add-model', label: 'Add a model from a file', run: () => setAdding(true) }] : [],
  )
  return (
    <Page>
      <PageHeader
        title="Endpoints"
        description="What notebooks have published: each answers predictions at its own address."
        actions={
          <>
            <Button component={Link} href="/repositories" variant="default">
              Repositories
            </Button>
            {mayManage && <Button onClick={() => setAdding(true)}>Add a model</Button>}
          </>
        }
      />
      <SearchedTable
        label="Endpoints"
        columns={columns}
        rows={endpoints}
        textOf={({ name }) => name}
        icon={icon}
        unfit={(search) => `No endpoint is called “${search}”`}
        empty={
          <EmptyState
            icon={icon}
            title="No endpoints yet"
            action={
              <Button component={Link} href={firstNotebook ? `/n/${firstNotebook}` : '/notebooks'}>
                {firstNotebook ? 'Open the income notebook' : 'Go to notebooks'}
              </Button>
            }
          >
            Train a model in a notebook and press Promote on the cell that made it. It then has an address
            that any application can call. A model that was made elsewhere can be added from its file.
          </EmptyState>
        }
      />
      {deleted.length > 0 && <DeletedEndpoints endpoints={deleted} />}
      {adding && <AddModelDialog onClose={() => setAdding(false)} />}
    </Page>
  )
}

const icon = <IconRoute size={22} stroke={1.6} />

const columns: Column<Row>[] = [
  {
    key: 'name',
    title: 'Name',
    value: ({ name }) => name,
    render: ({ name }) => (
      <Anchor component={Link} href={`/endpoints/${name}`} c="var(--cellar-text)" fw={500}>
        {name}
      </Anchor>
    ),
  },
  {
    key: 'version',
    title: 'In production',
    value: ({ version }) => version,
    render: ({ version }) =>
      version ? <StatusDot tone="good">{version}</StatusDot> : <StatusDot tone="warn">none</StatusDot>,
  },
  {
    key: 'predictions',
    title: 'Requests, 24 h',
    numeric: true,
    value: ({ predictions }) => predictions,
    render: ({ predictions }) => formatCount(predictions),
  },
  {
    key: 'failures',
    title: 'Errors',
    numeric: true,
    wide: true,
    value: ({ failures, predictions }) => (predictions ? failures / predictions : null),
    render: ({ failures, predictions }) => formatShare(failures, predictions),
  },
  {
    key: 'p50',
    title: 'Latency p50',
    numeric: true,
    wide: true,
    value: ({ p50 }) => p50,
    render: ({ p50 }) => formatMs(p50),
  },
  {
    key: 'p99',
    title: 'p99',
    numeric: true,
    wide: true,
    value: ({ p99 }) => p99,
    render: ({ p99 }) => formatMs(p99),
  },
]
