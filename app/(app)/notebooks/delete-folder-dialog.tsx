'use client'

import { Button, Group, Modal, Text } from '@mantine/core'
import { useState } from 'react'
import type { Folder } from '../../../lib/folders/list'

type Props = { folder: Folder; onDelete: () => Promise<void>; onClose: () => void }

/** Asks once before a folder goes: the folders in it cannot be brought back, its notebooks can. */
export function DeleteFolderDialog({ folder: { name }, onDelete, onClose }: Props) {
  const [busy, setBusy] = useState(false)
  return (
    <Modal opened onClose={onClose} title="Delete this folder?" size="sm">
      <Text size="sm" mb="lg">
        “{name}” and the folders in it go. The notebooks in them move to the trash.
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Keep it
        </Button>
        <Button
          color="red"
          loading={busy}
          onClick={() => {
            setBusy(true)
            void onDelete().then(onClose)
          }}
        >
          Delete
        </Button>
      </Group>
    </Modal>
  )
}
