'use client'

import { ActionIcon, Button, Group, Modal, Text, Tooltip } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { Folder } from '../../../../lib/folders/list'
import type { TrashedNotebook } from '../../../../lib/notebooks/trash'
import { api } from '../../../_ui/api'
import { DataTable } from '../../../_ui/data-table'
import { EmptyState } from '../../../_ui/empty-state'
import { say, sayFailure } from '../../../_ui/notices'
import { Page, PageHeader } from '../../../_ui/page'
import { RelativeTime } from '../../../_ui/relative-time'
import type { Wire } from '../../../_ui/wire'
import { FolderTree } from '../folder-tree'
import classes from '../library.module.css'
import { useLibrary } from '../use-library'

type Row = Wire<TrashedNotebook>
type Props = { notebooks: Row[]; folders: Folder[]; mayEdit: boolean }

/** What was thrown away: bring back, or delete for good. */
export function TrashView({ notebooks, folders, mayEdit }: Props) {
  const router = useRouter()
  const library = useLibrary()
  const [erasing, erase] = useState<Row[]>()
  const restore = ({ id, title }: Row) =>
    api('POST', `/api/trash/${id}`, {}).then(
      () => {
        say(`“${title}” is back.`)
        router.refresh()
      },
      (error) => sayFailure(`“${title}” could not be brought back`, error),
    )
  return (
    <div className={classes.library}>
      <FolderTree folders={folders} current="trash" library={mayEdit ? library : undefined} />
      <Page>
        <PageHeader
          title="Trash"
          description="Notebooks stay here for 30 days. Endpoints made from them go on answering."
          actions={
            mayEdit &&
            notebooks.length > 0 && (
              <Button variant="default" onClick={() => erase(notebooks)}>
                Empty the trash
              </Button>
            )
          }
        />
        <DataTable
          label="Trash"
          rows={notebooks}
          rowKey={({ id }) => id}
          sort={{ key: 'trashed', descending: true }}
          columns={[
            {
              key: 'title',
              title: 'Title',
              value: ({ title }) => title,
              render: ({ title, trashedAt }) => (
                <>
                  <span className={classes.trashed}>{title}</span>
                  <span className={classes.since}>
                    <RelativeTime at={trashedAt} />
                  </span>
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
              render: (row) =>
                mayEdit && (
                  <Group gap={6} justify="flex-end" wrap="nowrap">
                    <Button size="compact-sm" variant="default" onClick={() => void restore(row)}>
                      Restore
                    </Button>
                    <Tooltip label="Delete for good">
                      <ActionIcon
                        color="red"
                        aria-label={`Delete ${row.title} for good`}
                        onClick={() => erase([row])}
                      >
                        <IconTrash size={17} stroke={1.6} />
                      </ActionIcon>
                    </Tooltip>
                  </Group>
                ),
            },
          ]}
          empty={
            <EmptyState icon={<IconTrash size={22} stroke={1.6} />} title="The trash is empty" compact />
          }
        />
      </Page>
      {erasing && (
        <EraseDialog notebooks={erasing} onErased={() => router.refresh()} onClose={() => erase(undefined)} />
      )}
    </div>
  )
}

type EraseProps = { notebooks: Row[]; onErased: () => void; onClose: () => void }

function EraseDialog({ notebooks, onErased, onClose }: EraseProps) {
  const [busy, setBusy] = useState(false)
  const what = notebooks.length === 1 ? `“${notebooks[0]?.title}”` : `${notebooks.length} notebooks`
  async function erase() {
    setBusy(true)
    const results = await Promise.allSettled(notebooks.map(({ id }) => api('DELETE', `/api/trash/${id}`)))
    const failed = results.find((result) => result.status === 'rejected')
    if (failed) sayFailure('Not everything could be deleted', failed.reason)
    onErased()
    onClose()
  }
  return (
    <Modal opened onClose={onClose} title="Delete for good?" size="sm">
      <Text size="sm" mb="lg">
        {what}, with outputs and history, cannot be brought back after this.
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Keep
        </Button>
        <Button color="red" loading={busy} onClick={() => void erase()}>
          Delete for good
        </Button>
      </Group>
    </Modal>
  )
}
