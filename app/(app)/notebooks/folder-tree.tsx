'use client'

import { IconFolder, IconNotebook, IconTrash } from '@tabler/icons-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import type { Folder } from '../../../lib/folders/list'
import { draggable, useDrop } from './drag'
import { addressOf, treeOf } from './library'
import classes from './library.module.css'
import type { Library } from './use-library'

type Props = { folders: Folder[]; current: string | null | 'trash'; library: Library | undefined }

/** All folders of the workspace as a tree. `library`: undefined for somebody who may only look. */
export function FolderTree({ folders, current, library }: Props) {
  return (
    <nav className={classes.tree} aria-label="Folders">
      <Place id={null} current={current === null} library={library} depth={0}>
        <IconNotebook size={16} stroke={1.6} /> <span>All notebooks</span>
      </Place>
      {treeOf(folders).map(({ folder: { id, name }, depth }) => (
        <Place key={id} id={id} current={current === id} library={library} depth={depth + 1}>
          <IconFolder size={16} stroke={1.6} /> <span>{name}</span>
        </Place>
      ))}
      <Link
        href="/notebooks/trash"
        className={classes.place}
        aria-current={current === 'trash' ? 'page' : undefined}
        style={{ marginTop: 12 }}
      >
        <IconTrash size={16} stroke={1.6} /> <span>Trash</span>
      </Link>
    </nav>
  )
}

type PlaceProps = {
  id: string | null
  current: boolean
  depth: number
  library: Library | undefined
  children: ReactNode
}

function Place({ id, current, depth, library, children }: PlaceProps) {
  const { over, target } = useDrop((what) => void library?.drop(what, id))
  return (
    <Link
      href={addressOf(id)}
      className={classes.place}
      aria-current={current ? 'page' : undefined}
      data-over={over || undefined}
      style={{ paddingLeft: 8 + depth * 14 }}
      {...(library && target)}
      {...(library && id !== null ? draggable(() => ({ folder: id })) : { draggable: false })}
    >
      {children}
    </Link>
  )
}
