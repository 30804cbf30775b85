'use client'

import { ActionIcon, Menu, MenuDropdown, MenuItem, MenuTarget } from '@mantine/core'
import { IconDots, IconFolder, IconFolderSymlink, IconPencil, IconTrash } from '@tabler/icons-react'
import Link from 'next/link'
import { useState } from 'react'
import type { Folder } from '../../../lib/folders/list'
import { NameDialog } from '../../_ui/name-dialog'
import { DeleteFolderDialog } from './delete-folder-dialog'
import { draggable, useDrop } from './drag'
import { addressOf, foldersIn, placesFor } from './library'
import classes from './library.module.css'
import { MoveDialog } from './move-dialog'
import type { Library } from './use-library'

type Props = { folders: Folder[]; current: string | null; library: Library | undefined }

/** The folders inside of the open one. */
export function FolderTiles({ folders, current, library }: Props) {
  const inside = foldersIn(folders, current)
  if (inside.length === 0) return null
  return (
    <ul className={classes.tiles} aria-label="Folders here">
      {inside.map((folder) => (
        <Tile key={folder.id} folder={folder} folders={folders} library={library} />
      ))}
    </ul>
  )
}

const icon = { size: 16, stroke: 1.6 }

function Tile({
  folder,
  folders,
  library,
}: {
  folder: Folder
  folders: Folder[]
  library: Props['library']
}) {
  const { id, name } = folder
  const [asking, ask] = useState<'rename' | 'move' | 'delete'>()
  const { over, target } = useDrop((what) => void library?.drop(what, id))
  const done = () => ask(undefined)
  return (
    <li
      className={classes.tile}
      data-over={over || undefined}
      {...(library && { ...target, ...draggable(() => ({ folder: id })) })}
    >
      <Link href={addressOf(id)} className={classes.tileLink} draggable={false}>
        <IconFolder size={18} stroke={1.6} /> <span>{name}</span>
      </Link>
      {library && (
        <Menu position="bottom-end" width={180}>
          <MenuTarget>
            <ActionIcon size={26} aria-label={`Actions for the folder ${name}`}>
              <IconDots {...icon} />
            </ActionIcon>
          </MenuTarget>
          <MenuDropdown>
            <MenuItem leftSection={<IconPencil {...icon} />} onClick={() => ask('rename')}>
              Rename
            </MenuItem>
            <MenuItem leftSection={<IconFolderSymlink {...icon} />} onClick={() => ask('move')}>
              Move to…
            </MenuItem>
            <MenuItem color="red" leftSection={<IconTrash {...icon} />} onClick={() => ask('delete')}>
              Delete
            </MenuItem>
          </MenuDropdown>
        </Menu>
      )}
      {library && asking === 'rename' && (
        <NameDialog
          title="Rename folder"
          label="Name"
          value={name}
          maxLength={100}
          missing="Enter a name."
          submit="Rename"
          onSubmit={(next) => library.changeFolder(id, { name: next }).then(done)}
          onClose={done}
        />
      )}
      {library && asking === 'move' && (
        <MoveDialog
          what={`the folder “${name}”`}
          folders={placesFor(folders, id)}
          from={folder.parentId}
          onMove={(parent) => library.changeFolder(id, { parent })}
          onClose={done}
        />
      )}
      {library && asking === 'delete' && (
        <DeleteFolderDialog folder={folder} onDelete={() => library.deleteFolder(id, name)} onClose={done} />
      )}
    </li>
  )
}
