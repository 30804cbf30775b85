'use client'

import { Anchor, Button } from '@mantine/core'
import { IconNotebook, IconPlus } from '@tabler/icons-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '../../_ui/api'
import { useCommands } from '../../_ui/commands'
import { type Column, DataTable } from '../../_ui/data-table'
import { EmptyState } from '../../_ui/empty-state'
import { useKeys } from '../../_ui/keys'
import { sayFailure } from '../../_ui/notices'
import { Page, PageHeader } from '../../_ui/page'
import { RelativeTime } from '../../_ui/relative-time'
import { SearchInput } from '../../_ui/search-input'
import { createNotebook } from '../../_ui/shell/create-notebook'
import { undoable } from '../../_ui/undoable'
import { ImportButton } from './import-button'
import { KernelState } from './kernel-state'
import { NotebookMenu } from './notebook-menu'
import type { NotebookRow } from './row'
import { useDeleted } from './use-deleted'

/** The notebooks of a workspace: find, open, make, bring in. `mayEdit`: whether the person may change them. */
export function NotebooksView({ notebooks, mayEdit }: { notebooks: NotebookRow[]; mayEdit: boolean }) {
  const router = useRouter()
  const [search, setSearch] = useState('')
  const [hidden, hide] = useDeleted()
  const [creating, setCreating] = useState(false)

  const create = async () => {
    setCreating(true)
    await createNotebook(router)
    setCreating(false)
  }
  const remove = ({ id, title }: NotebookRow) => {
    hide(id, true)
    const erase = () =>
      api('DELETE', `/api/notebooks/${id}`).then(
        () => router.refresh(),
        (error) => {
          hide(id, false)
          sayFailure(`“${title}” could not be deleted`, error)
        },
      )
    undoable(
      `Deleted “${title}”`,
      () => void erase(),
      () => hide(id, false),
    )
  }

  useKeys('This page', mayEdit ? [{ keys: 'c', label: 'New notebook', run: () => void create() }] : [])
  useCommands(
    'Open',
    notebooks.map(({ id, title }) => ({
      id: `notebook-${id}`,
      label: title,
      keywords: ['notebook'],
      run: () => router.push(`/n/${id}`),
    })),
  )

  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const shown = notebooks.filter(
    ({ id, title }) => !hidden.has(id) && words.every((word) => title.toLowerCase().includes(word)),
  )
  const columns = columnsOf(mayEdit, remove)
  const createButton = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => void create()} loading={creating}>
      New notebook
    </Button>
  )
  return (
    <Page>
      <PageHeader
        title="Notebooks"
        description="Cells of TypeScript with data frames and TensorFlow, run on the server."
        actions={
          mayEdit && (
            <>
              <ImportButton />
              {createButton}
            </>
          )
        }
      />
      {notebooks.length > 0 && <SearchInput value={search} onChange={setSearch} label="Search notebooks" />}
      <DataTable
        label="Notebooks"
        columns={columns}
        rows={shown}
        rowKey={({ id }) => id}
        sort={{ key: 'updated', descending: true }}
        empty={
          words.length > 0 ? (
            <EmptyState
              icon={<IconNotebook size={22} stroke={1.6} />}
              title={`No notebook is called “${search}”`}
              compact
            />
          ) : (
            <EmptyState
              icon={<IconNotebook size={22} stroke={1.6} />}
              title="No notebooks yet"
              action={mayEdit && createButton}
            >
              A notebook holds code, what it printed and drew, and your notes. Begin with an empty one, or
              bring a .ts or .ipynb file.
            </EmptyState>
          )
        }
      />
    </Page>
  )
}

function columnsOf(mayEdit: boolean, remove: (row: NotebookRow) => void): Column<NotebookRow>[] {
  return [
    {
      key: 'title',
      title: 'Title',
      value: ({ title }) => title,
      render: ({ id, title }) => (
        <Anchor component={Link} href={`/n/${id}`} c="var(--cellar-text)" fw={500}>
          {title}
        </Anchor>
      ),
    },
    {
      key: 'kernel',
      title: 'Kernel',
      width: 130,
      wide: true,
      value: ({ kernel }) => kernel ?? null,
      render: ({ kernel }) => <KernelState state={kernel} />,
    },
    {
      key: 'updated',
      title: 'Changed',
      width: 170,
      value: ({ updatedAt }) => Date.parse(updatedAt),
      render: ({ updatedAt }) => <RelativeTime at={updatedAt} />,
    },
    {
      key: 'menu',
      title: '',
      width: 60,
      numeric: true,
      render: (row) => <NotebookMenu notebook={row} mayEdit={mayEdit} onDelete={() => remove(row)} />,
    },
  ]
}
