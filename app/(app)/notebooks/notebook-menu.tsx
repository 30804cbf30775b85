'use client'

import { ActionIcon, Menu, MenuDivider, MenuDropdown, MenuItem, MenuTarget } from '@mantine/core'
import {
  IconCopy,
  IconDots,
  IconDownload,
  IconExternalLink,
  IconFolderSymlink,
  IconPencil,
  IconTrash,
} from '@tabler/icons-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '../../_ui/api'
import { download } from '../../_ui/download'
import { NameDialog } from '../../_ui/name-dialog'
import { sayFailure } from '../../_ui/notices'
import type { NotebookRow } from './row'
import type { Library } from './use-library'

type Props = {
  notebook: NotebookRow
  /** Undefined for somebody who may only look. */
  library: Library | undefined
  /** Asks where to. */
  onMove: () => void
}

const exports = [
  { format: 'ts', label: 'Download .ts' },
  { format: 'ipynb', label: 'Download .ipynb' },
  { format: 'html', label: 'Download .html' },
  { format: 'script', label: 'Download as a script' },
]

const icon = { size: 16, stroke: 1.6 }

/** What can be done with a notebook of the list. */
export function NotebookMenu({ notebook: { id, title }, library, onMove }: Props) {
  const router = useRouter()
  const [renaming, setRenaming] = useState(false)
  return (
    <>
      <Menu position="bottom-end" width={190}>
        <MenuTarget>
          <ActionIcon aria-label={`Actions for ${title}`}>
            <IconDots size={18} stroke={1.6} />
          </ActionIcon>
        </MenuTarget>
        <MenuDropdown>
          <MenuItem component={Link} href={`/n/${id}`} leftSection={<IconExternalLink {...icon} />}>
            Open
          </MenuItem>
          {library && (
            <>
              <MenuItem leftSection={<IconPencil {...icon} />} onClick={() => setRenaming(true)}>
                Rename
              </MenuItem>
              <MenuItem leftSection={<IconCopy {...icon} />} onClick={() => void library.duplicate([id])}>
                Duplicate
              </MenuItem>
              <MenuItem leftSection={<IconFolderSymlink {...icon} />} onClick={onMove}>
                Move to…
              </MenuItem>
            </>
          )}
          <MenuDivider />
          {exports.map(({ format, label }) => (
            <MenuItem
              key={format}
              onClick={() =>
                void download(`/api/notebooks/${id}/export?format=${format}`).catch((error) =>
                  sayFailure(`“${title}” could not be exported`, error),
                )
              }
              leftSection={<IconDownload {...icon} />}
            >
              {label}
            </MenuItem>
          ))}
          {library && (
            <>
              <MenuDivider />
              <MenuItem
                color="red"
                leftSection={<IconTrash {...icon} />}
                onClick={() => void library.trash([{ id, title }])}
              >
                Move to the trash
              </MenuItem>
            </>
          )}
        </MenuDropdown>
      </Menu>
      {renaming && (
        <NameDialog
          title="Rename notebook"
          label="Title"
          value={title}
          maxLength={200}
          missing="Enter a title."
          submit="Rename"
          onSubmit={async (next) => {
            await api('PATCH', `/api/notebooks/${id}`, { title: next })
            router.refresh()
            setRenaming(false)
          }}
          onClose={() => setRenaming(false)}
        />
      )}
    </>
  )
}
