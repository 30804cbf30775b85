'use client'

import { ActionIcon, Anchor, Badge, Menu, Text } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { CreatedVersion } from '../../../../../lib/datasets/create-version'
import type { DatasetVersionSummary } from '../../../../../lib/datasets/find'
import type { Reader } from '../../../../../lib/datasets/readers'
import { api } from '../../../../_ui/api'
import { Confirm } from '../../../../_ui/confirm'
import { type Column, DataTable, Narrow } from '../../../../_ui/data-table'
import { say, sayFailure } from '../../../../_ui/notices'
import { RelativeTime } from '../../../../_ui/relative-time'
import { formatCount } from '../../../../_ui/units'
import type { Wire } from '../../../../_ui/wire'
import { Changes } from './changes'
import { originNames } from './origins'
import { Readers } from './readers'
import classes from './versions.module.css'

type Version = Wire<DatasetVersionSummary>
type Props = {
  dataset: string
  head: number
  versions: Version[]
  readers: Reader[]
  mayRestore: boolean
}

/** All versions of a data set: what made each, who read it, and the ways to look at it, compare it, go back to it. */
export function VersionsView({ dataset, head, versions, readers, mayRestore }: Props) {
  const router = useRouter()
  const [restoring, setRestoring] = useState<number>()
  const restore = async (number: number) => {
    try {
      const made = await api<CreatedVersion>('POST', `/api/datasets/${dataset}/versions/${number}/restore`, {
        parent: head,
      })
      say(`Version ${made.number} holds what version ${number} held.`)
    } catch (error) {
      sayFailure(`Version ${number} was not restored`, error)
    }
    setRestoring(undefined)
    router.refresh()
  }
  const columns: Column<Version>[] = [
    {
      key: 'number',
      title: 'Version',
      value: ({ number }) => number,
      render: ({ number }) => (
        <span className={classes.number}>
          <Anchor component={Link} href={at(dataset, number, head)} fw={500} c="var(--cellar-text)">
            {number}
          </Anchor>
          {number === head && (
            <Badge size="sm" variant="light" className={classes.newest}>
              newest
            </Badge>
          )}
        </span>
      ),
    },
    {
      key: 'origin',
      title: 'What it is',
      render: ({ message, origin, createdBy, createdAt, ...version }) => (
        <>
          <Text size="sm" className={classes.message} title={message}>
            {message || originNames[origin]}
          </Text>
          <Text size="xs" c="dimmed">
            {message && `${originNames[origin]}, `}by {createdBy ?? 'Cellar'}
          </Text>
          <Narrow>
            <RelativeTime at={createdAt} />
          </Narrow>
          <Narrow>
            <Changes {...version} />
          </Narrow>
        </>
      ),
    },
    {
      key: 'createdAt',
      title: 'Made',
      wide: true,
      value: ({ createdAt }) => createdAt,
      render: ({ createdAt }) => <RelativeTime at={createdAt} />,
    },
    {
      key: 'rows',
      title: 'Rows',
      numeric: true,
      wide: true,
      value: ({ rows }) => rows,
      render: ({ rows }) => formatCount(rows),
    },
    {
      key: 'changes',
      title: 'Changes',
      wide: true,
      render: (version) => <Changes {...version} />,
    },
    {
      key: 'readers',
      title: 'Read by',
      wide: true,
      render: ({ number }) => <Readers readers={readers.filter((reader) => reader.number === number)} />,
    },
    {
      key: 'hash',
      title: 'Hash',
      wide: true,
      render: ({ hash }) => (
        <code className={classes.hash} title={hash}>
          {hash.slice(0, 12)}
        </code>
      ),
    },
    {
      key: 'actions',
      title: '',
      width: 40,
      render: ({ number, parent }) => (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon size={28} aria-label={`More of version ${number}`}>
              <IconDots size={16} stroke={1.6} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item component={Link} href={at(dataset, number, head)}>
              Open
            </Menu.Item>
            {parent !== null && (
              <Menu.Item component={Link} href={compareAt(dataset, parent, number)}>
                Compare with version {parent}
              </Menu.Item>
            )}
            {number < head && (
              <Menu.Item component={Link} href={compareAt(dataset, number, head)}>
                Compare with the newest
              </Menu.Item>
            )}
            {mayRestore && number < head && (
              <Menu.Item onClick={() => setRestoring(number)}>Restore</Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      ),
    },
  ]
  return (
    <>
      <DataTable
        label={`Versions of ${dataset}`}
        columns={columns}
        rows={versions}
        rowKey={({ id }) => id}
        sort={{ key: 'number', descending: true }}
      />
      {restoring !== undefined && (
        <Confirm
          title={`Restore version ${restoring}?`}
          text={`Version ${head + 1} is made, which holds what version ${restoring} holds. All other versions stay.`}
          action="Restore"
          isHarmless
          onConfirm={() => restore(restoring)}
          onClose={() => setRestoring(undefined)}
        />
      )}
    </>
  )
}

const at = (dataset: string, number: number, head: number) =>
  number === head ? `/data/${dataset}` : `/data/${dataset}?version=${number}`

const compareAt = (dataset: string, before: number, after: number) =>
  `/data/${dataset}/versions/compare?before=${before}&after=${after}`
