'use client'

import { Anchor, Button } from '@mantine/core'
import { IconGitBranch } from '@tabler/icons-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { RepositorySummary } from '../../../lib/repositories/repositories'
import { api } from '../../_ui/api'
import { type Column, DataTable } from '../../_ui/data-table'
import { EmptyState } from '../../_ui/empty-state'
import { Page, PageHeader } from '../../_ui/page'
import { RelativeTime } from '../../_ui/relative-time'
import { StatusDot } from '../../_ui/status-dot'
import type { Wire } from '../../_ui/wire'
import { RepositoryDialog } from './repository-dialog'
import { states } from './states'

type Row = Wire<RepositorySummary>

/** Notebooks in git repositories that versions of endpoints are made of. */
export function RepositoriesView({ repositories, mayManage }: { repositories: Row[]; mayManage: boolean }) {
  const router = useRouter()
  const [connecting, setConnecting] = useState(false)
  const connect = mayManage && <Button onClick={() => setConnecting(true)}>Connect a repository</Button>
  return (
    <Page>
      <PageHeader
        above={
          <Anchor component={Link} href="/endpoints" size="sm">
            Endpoints
          </Anchor>
        }
        title="Repositories"
        description="Notebooks in git: pulled by a button or a webhook, tested, then run; what they promote becomes versions."
        actions={repositories.length > 0 && connect}
      />
      <DataTable
        label="Repositories"
        columns={columns}
        rows={repositories}
        rowKey={({ id }) => id}
        sort={{ key: 'createdAt', descending: true }}
        empty={
          <EmptyState
            icon={<IconGitBranch size={22} stroke={1.6} />}
            title="No repositories yet"
            action={connect || undefined}
          >
            Connect one that holds a notebook which promotes a model, with tests beside it. Each push can then
            become a version, if its tests pass.
          </EmptyState>
        }
      />
      {connecting && (
        <RepositoryDialog
          title="Connect a repository"
          submit="Connect"
          onSubmit={async (fields) => {
            const { id } = await api<{ id: string }>('POST', '/api/repositories', fields)
            router.push(`/repositories/${id}`)
          }}
          onClose={() => setConnecting(false)}
        />
      )}
    </Page>
  )
}

const columns: Column<Row>[] = [
  {
    key: 'path',
    title: 'Notebook',
    value: ({ path }) => path,
    render: ({ id, path, address }) => (
      <>
        <Anchor component={Link} href={`/repositories/${id}`} c="var(--cellar-text)" fw={500}>
          {path}
        </Anchor>
        <br />
        {shortAddress(address)}
      </>
    ),
  },
  {
    key: 'branch',
    title: 'Branch',
    value: ({ branch }) => branch,
    render: ({ branch, commit }) => (commit ? `${branch} at ${commit.slice(0, 10)}` : branch),
  },
  {
    key: 'last',
    title: 'Last pull',
    value: ({ last }) => last?.createdAt ?? null,
    render: ({ last }) =>
      last ? (
        <StatusDot tone={states[last.state].tone}>
          {states[last.state].label}, <RelativeTime at={last.createdAt} />
        </StatusDot>
      ) : (
        'never'
      ),
  },
  {
    key: 'createdAt',
    title: 'Connected',
    wide: true,
    value: ({ createdAt }) => createdAt,
    render: ({ createdAt, createdBy }) => (
      <>
        <RelativeTime at={createdAt} />
        {createdBy && ` by ${createdBy}`}
      </>
    ),
  },
]

/** Without the protocol, which says nothing to people. */
const shortAddress = (address: string) => address.replace(/^https?:\/\//, '').replace(/\.git$/, '')
