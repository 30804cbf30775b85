'use client'

import {
  ActionIcon,
  Button,
  Group,
  Menu,
  MenuDivider,
  MenuDropdown,
  MenuItem,
  MenuTarget,
  Modal,
  TextInput,
} from '@mantine/core'
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
import { type FormEvent, useState } from 'react'
import { api } from '../../_ui/api'
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
      {renaming && <RenameDialog id={id} title={title} onClose={() => setRenaming(false)} />}
    </>
  )
}

function RenameDialog({ id, title, onClose }: { id: string; title: string; onClose: () => void }) {
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const next = String(new FormData(event.currentTarget).get('title')).trim()
    if (next === '') return setProblem('Enter a title.')
    setBusy(true)
    try {
      await api('PATCH', `/api/notebooks/${id}`, { title: next })
      router.refresh()
      onClose()
    } catch (error) {
      setProblem((error as Error).message)
      setBusy(false)
    }
  }
  return (
    <Modal opened onClose={onClose} title="Rename notebook">
      <form onSubmit={submit}>
        <TextInput
          name="title"
          label="Title"
          defaultValue={title}
          maxLength={200}
          error={problem}
          onFocus={(event) => event.currentTarget.select()}
          data-autofocus
        />
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={busy}>
            Rename
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
