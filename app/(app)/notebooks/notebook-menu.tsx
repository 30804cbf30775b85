'use client'

import { ActionIcon, Menu, MenuDivider, MenuDropdown, MenuItem, MenuTarget } from '@mantine/core'
import {
  IconCopy,
  IconDots,
  IconDownload,
  IconExternalLink,
  IconPencil,
  IconTrash,
} from '@tabler/icons-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '../../_ui/api'
import { NameDialog } from '../../_ui/name-dialog'
import { sayFailure } from '../../_ui/notices'
import type { NotebookRow } from './row'

type Props = { notebook: NotebookRow; mayEdit: boolean; onDelete: () => void }

const icon = { size: 16, stroke: 1.6 }

/** What can be done with a notebook of the list. */
export function NotebookMenu({ notebook: { id, title }, mayEdit, onDelete }: Props) {
  const router = useRouter()
  const [renaming, setRenaming] = useState(false)
  const duplicate = () =>
    api('POST', `/api/notebooks/${id}/duplicate`, {}).then(
      () => router.refresh(),
      (error) => sayFailure(`“${title}” could not be copied`, error),
    )
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
          {mayEdit && (
            <>
              <MenuItem leftSection={<IconPencil {...icon} />} onClick={() => setRenaming(true)}>
                Rename
              </MenuItem>
              <MenuItem leftSection={<IconCopy {...icon} />} onClick={() => void duplicate()}>
                Duplicate
              </MenuItem>
            </>
          )}
          <MenuDivider />
          {(['ts', 'ipynb'] as const).map((format) => (
            <MenuItem
              key={format}
              component="a"
              href={`/api/notebooks/${id}/export?format=${format}`}
              download
              leftSection={<IconDownload {...icon} />}
            >
              Download .{format}
            </MenuItem>
          ))}
          {mayEdit && (
            <>
              <MenuDivider />
              <MenuItem color="red" leftSection={<IconTrash {...icon} />} onClick={onDelete}>
                Delete
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
