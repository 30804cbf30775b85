'use client'

import Link from 'next/link'
import type { Folder } from '../../../lib/folders/list'
import { useDrop } from './drag'
import { addressOf, pathTo } from './library'
import classes from './library.module.css'
import type { Library } from './use-library'

type Props = { folders: Folder[]; current: string; library: Library | undefined }

/** The folders above the open one; things can be dropped on each. */
export function FolderPath({ folders, current, library }: Props) {
  return (
    <nav className={classes.path} aria-label="Path">
      <Step id={null} name="Notebooks" library={library} />
      {pathTo(folders, current)
        .slice(0, -1)
        .map(({ id, name }) => (
          <Step key={id} id={id} name={name} library={library} />
        ))}
    </nav>
  )
}

function Step({ id, name, library }: { id: string | null; name: string; library: Library | undefined }) {
  const { over, target } = useDrop((what) => void library?.drop(what, id))
  return (
    <>
      <Link
        href={addressOf(id)}
        className={classes.step}
        data-over={over || undefined}
        {...(library && target)}
      >
        {name}
      </Link>
      <span aria-hidden="true">/</span>
    </>
  )
}
