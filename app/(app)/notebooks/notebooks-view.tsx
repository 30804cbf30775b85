'use client'

import { Button } from '@mantine/core'
import { IconFolderPlus, IconNotebook, IconPlus } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { Folder } from '../../../lib/folders/list'
import { useCommands } from '../../_ui/commands'
import { EmptyState } from '../../_ui/empty-state'
import { useKeys } from '../../_ui/keys'
import { NameDialog } from '../../_ui/name-dialog'
import { Page, PageHeader } from '../../_ui/page'
import { SearchInput } from '../../_ui/search-input'
import { createNotebook } from '../../_ui/shell/create-notebook'
import { BulkBar } from './bulk-bar'
import { useFileDrop } from './drag'
import { FolderPath } from './folder-path'
import { FolderTiles } from './folder-tiles'
import { FolderTree } from './folder-tree'
import { ImportMenu } from './import-menu'
import { pathTo } from './library'
import classes from './library.module.css'
import { MoveDialog } from './move-dialog'
import { NotebookTable } from './notebook-table'
import type { NotebookRow } from './row'
import { SearchResults } from './search-results'
import { useImport } from './use-import'
import { useLibrary } from './use-library'

type Props = {
  notebooks: NotebookRow[]
  folders: Folder[]
  /** The open folder; null is the top. */
  folder: string | null
  /** Whether the person may change them. */
  mayEdit: boolean
}

/** The notebooks of a workspace in their folders: find, open, make, bring in, move, throw away. */
export function NotebooksView({ notebooks, folders, folder, mayEdit }: Props) {
  const router = useRouter()
  const all = useLibrary()
  const library = mayEdit ? all : undefined
  const [search, setSearch] = useState('')
  const [creating, setCreating] = useState(false)
  const [naming, setNaming] = useState(false)
  const [selection, select] = useState<ReadonlySet<string>>(new Set())
  const [moving, move] = useState<NotebookRow[]>()
  const bring = useImport(folder)
  const { over, target } = useFileDrop((files) => void bring.files(files))

  const here = notebooks.filter(({ folderId }) => folderId === folder)
  const selected = here.filter(({ id }) => selection.has(id))
  const query = search.trim()
  const create = async () => {
    setCreating(true)
    await createNotebook(router, folder)
    setCreating(false)
  }
  const clear = () => select(new Set())

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

  const createButton = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => void create()} loading={creating}>
      New notebook
    </Button>
  )
  const open = pathTo(folders, folder).at(-1)
  return (
    <div className={classes.library} {...(mayEdit && target)}>
      <FolderTree folders={folders} current={folder} library={library} />
      <Page>
        <PageHeader
          above={open && <FolderPath folders={folders} current={open.id} library={library} />}
          title={open?.name ?? 'Notebooks'}
          description={
            open ? undefined : 'Cells of TypeScript with data frames and TensorFlow, run on the server.'
          }
          actions={
            mayEdit && (
              <>
                <Button
                  variant="default"
                  leftSection={<IconFolderPlus size={16} stroke={1.6} />}
                  onClick={() => setNaming(true)}
                >
                  New folder
                </Button>
                <ImportMenu bring={bring} />
                {createButton}
              </>
            )
          }
        />
        {notebooks.length > 0 && (
          <SearchInput value={search} onChange={setSearch} label="Search names and contents" />
        )}
        {query !== '' ? (
          <SearchResults query={query} folders={folders} />
        ) : (
          <>
            <FolderTiles folders={folders} current={folder} library={library} />
            {selected.length > 0 && (
              <BulkBar
                count={selected.length}
                onMove={() => move(selected)}
                onDuplicate={() => void all.duplicate(selected.map(({ id }) => id)).then(clear)}
                onTrash={() => void all.trash(selected).then(clear)}
                onClear={clear}
              />
            )}
            <NotebookTable
              rows={here}
              library={library}
              selected={selection}
              onSelect={select}
              onMove={move}
              empty={
                <EmptyState
                  icon={<IconNotebook size={22} stroke={1.6} />}
                  title={open ? 'No notebooks here yet' : 'No notebooks yet'}
                  action={mayEdit && createButton}
                >
                  A notebook holds code, what it printed and drew, and your notes. Begin with an empty one, or
                  drop a .ts or .ipynb file here.
                </EmptyState>
              }
            />
          </>
        )}
      </Page>
      {over && <div className={classes.dropzone}>Drop .ts and .ipynb files to import them</div>}
      {naming && (
        <NameDialog
          title="New folder"
          label="Name"
          maxLength={100}
          missing="Enter a name."
          submit="Create"
          onSubmit={(name) => all.createFolder(name, folder).then(() => setNaming(false))}
          onClose={() => setNaming(false)}
        />
      )}
      {moving && (
        <MoveDialog
          what={moving.length === 1 ? `“${moving[0]?.title}”` : `${moving.length} notebooks`}
          folders={folders}
          from={folder}
          onMove={(to) =>
            all
              .moveNotebooks(
                moving.map(({ id }) => id),
                to,
              )
              .then(clear)
          }
          onClose={() => move(undefined)}
        />
      )}
    </div>
  )
}
