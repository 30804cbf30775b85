'use client'

import { ActionIcon, Button, Group, Tooltip } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { api } from '../api'
import { Confirm } from '../confirm'
import { DataTable, Narrow } from '../data-table'
import { EmptyState } from '../empty-state'
import { say, sayFailure } from '../notices'
import { PageHeader } from '../page'
import { RelativeTime } from '../relative-time'
import classes from './trash.module.css'

export type Trashed = { id: string; name: string; trashedAt: string }

type Props = {
  above?: ReactNode
  description: string
  things: Trashed[]
  /** What they are, of several. */
  kind: string
  /** What goes with one that is deleted for good. */
  contents: string
  /** The API's address of this trash; one thing is below it by its id: POST restores it, DELETE erases it. */
  address: string
  mayEdit: boolean
}

/** What was thrown away: bring back, or delete for good. */
export function Trash({ above, description, things, kind, contents, address, mayEdit }: Props) {
  const router = useRouter()
  const [erasing, setErasing] = useState<Trashed[]>()
  const restore = ({ id, name }: Trashed) =>
    api('POST', `${address}/${id}`, {}).then(
      () => {
        say(`“${name}” is back.`)
        router.refresh()
      },
      (error) => sayFailure(`“${name}” could not be brought back`, error),
    )
  async function erase(these: Trashed[]) {
    const results = await Promise.allSettled(these.map(({ id }) => api('DELETE', `${address}/${id}`)))
    const failed = results.find((result) => result.status === 'rejected')
    if (failed) sayFailure('Not everything could be deleted', failed.reason)
    router.refresh()
    setErasing(undefined)
  }
  return (
    <>
      <PageHeader
        above={above}
        title="Trash"
        description={description}
        actions={
          mayEdit &&
          things.length > 0 && (
            <Button variant="default" onClick={() => setErasing(things)}>
              Empty the trash
            </Button>
          )
        }
      />
      <DataTable
        label="Trash"
        rows={things}
        rowKey={({ id }) => id}
        sort={{ key: 'trashed', descending: true }}
        columns={[
          {
            key: 'name',
            title: 'Name',
            value: ({ name }) => name,
            render: ({ name, trashedAt }) => (
              <>
                <span className={classes.name}>{name}</span>
                <Narrow>
                  <RelativeTime at={trashedAt} />
                </Narrow>
              </>
            ),
          },
          {
            key: 'trashed',
            title: 'Thrown away',
            width: 170,
            wide: true,
            value: ({ trashedAt }) => Date.parse(trashedAt),
            render: ({ trashedAt }) => <RelativeTime at={trashedAt} />,
          },
          {
            key: 'actions',
            title: '',
            width: 140,
            numeric: true,
            render: (thing) =>
              mayEdit && (
                <Group gap={6} justify="flex-end" wrap="nowrap">
                  <Button size="compact-sm" variant="default" onClick={() => void restore(thing)}>
                    Restore
                  </Button>
                  <Tooltip label="Delete for good">
                    <ActionIcon
                      color="red"
                      aria-label={`Delete ${thing.name} for good`}
                      onClick={() => setErasing([thing])}
                    >
                      <IconTrash size={17} stroke={1.6} />
                    </ActionIcon>
                  </Tooltip>
                </Group>
              ),
          },
        ]}
        empty={<EmptyState icon={<IconTrash size={22} stroke={1.6} />} title="The trash is empty" compact />}
      />
      {erasing && (
        <Confirm
          title="Delete for good?"
          text={`${erasing.length === 1 ? `“${erasing[0]?.name}”` : `${erasing.length} ${kind}`}, with ${contents}, cannot be brought back after this.`}
          action="Delete for good"
          onConfirm={() => erase(erasing)}
          onClose={() => setErasing(undefined)}
        />
      )}
    </>
  )
}
