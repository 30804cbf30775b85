'use client'

import { Anchor, Button, Text } from '@mantine/core'
import { IconDatabase } from '@tabler/icons-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import type { DatasetSummary } from '../../../lib/datasets/list'
import { useCommands } from '../../_ui/commands'
import type { Column } from '../../_ui/data-table'
import { EmptyState } from '../../_ui/empty-state'
import { Page, PageHeader } from '../../_ui/page'
import { RelativeTime } from '../../_ui/relative-time'
import { SearchedTable } from '../../_ui/searched-table'
import { formatBytes, formatCount } from '../../_ui/units'
import type { Wire } from '../../_ui/wire'

type Row = Wire<DatasetSummary>

/** The data sets of a workspace. */
export function DatasetsView({ datasets, mayCreate }: { datasets: Row[]; mayCreate: boolean }) {
  const router = useRouter()
  useCommands(
    'Open',
    datasets.map(({ name }) => ({
      id: `dataset-${name}`,
      label: name,
      keywords: ['data', 'data set'],
      run: () => router.push(`/data/${name}`),
    })),
  )
  useCommands(
    'Do',
    mayCreate ? [{ id: 'add-data', label: 'Add data', run: () => router.push('/data/new') }] : [],
  )
  return (
    <Page>
      <PageHeader
        title="Data"
        description="Tables that notebooks, trainings and endpoints work with. Every change is a version that stays."
        actions={
          <>
            <Button component={Link} href="/data/trash" variant="default">
              Trash
            </Button>
            {mayCreate && (
              <Button component={Link} href="/data/new">
                Add data
              </Button>
            )}
          </>
        }
      />
      <SearchedTable
        label="Data sets"
        columns={columns}
        rows={datasets}
        textOf={({ name, description }) => `${name} ${description}`}
        icon={icon}
        unfit={(search) => `No data set fits “${search}”`}
        empty={
          <EmptyState icon={icon} title="No data sets yet">
            The examples come a moment after Cellar has started for the first time.
          </EmptyState>
        }
      />
    </Page>
  )
}

const icon = <IconDatabase size={22} stroke={1.6} />

const columns: Column<Row>[] = [
  {
    key: 'name',
    title: 'Name',
    value: ({ name }) => name,
    render: ({ name, description }) => (
      <>
        <Anchor component={Link} href={`/data/${name}`} c="var(--cellar-text)" fw={500}>
          {name}
        </Anchor>
        {description && (
          <Text size="xs" c="dimmed">
            {description}
          </Text>
        )}
      </>
    ),
  },
  {
    key: 'rows',
    title: 'Rows',
    numeric: true,
    value: ({ rows }) => rows,
    render: ({ rows }) => formatCount(rows),
  },
  {
    key: 'columns',
    title: 'Columns',
    numeric: true,
    wide: true,
    value: ({ columns }) => columns,
    render: ({ columns }) => formatCount(columns),
  },
  {
    key: 'bytes',
    title: 'Size',
    numeric: true,
    wide: true,
    value: ({ bytes }) => bytes,
    render: ({ bytes }) => formatBytes(bytes),
  },
  {
    key: 'version',
    title: 'Version',
    numeric: true,
    wide: true,
    value: ({ version }) => version,
    render: ({ version }) => version,
  },
  {
    key: 'updatedAt',
    title: 'Changed',
    value: ({ updatedAt }) => updatedAt,
    render: ({ updatedAt }) => <RelativeTime at={updatedAt} />,
  },
]
