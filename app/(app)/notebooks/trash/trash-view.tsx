'use client'

import type { Folder } from '../../../../lib/folders/list'
import type { TrashedNotebook } from '../../../../lib/notebooks/trash'
import { Page } from '../../../_ui/page'
import { Trash } from '../../../_ui/trash/trash'
import type { Wire } from '../../../_ui/wire'
import { FolderTree } from '../folder-tree'
import classes from '../library.module.css'
import { useLibrary } from '../use-library'

type Props = { notebooks: Wire<TrashedNotebook>[]; folders: Folder[]; mayEdit: boolean }

/** Notebooks that were thrown away, beside the folders. */
export function TrashView({ notebooks, folders, mayEdit }: Props) {
  const library = useLibrary()
  return (
    <div className={classes.library}>
      <FolderTree folders={folders} current="trash" library={mayEdit ? library : undefined} />
      <Page>
        <Trash
          description="Notebooks stay here for 30 days. Endpoints made from them go on answering."
          things={notebooks.map(({ id, title, trashedAt }) => ({ id, name: title, trashedAt }))}
          kind="notebooks"
          contents="outputs and history"
          address="/api/trash"
          mayEdit={mayEdit}
        />
      </Page>
    </div>
  )
}
