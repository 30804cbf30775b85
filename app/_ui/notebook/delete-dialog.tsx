import { Button, Group, Modal, Text } from '@mantine/core'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '../api'
import { say, sayFailure } from '../notices'
import { useSession, useView } from './context'

/** Asks once before a notebook is deleted. */
export function DeleteDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { notebookId } = useSession()
  const title = useView((view) => view.title)
  const router = useRouter()
  const [busy, setBusy] = useState(false)

  async function remove() {
    setBusy(true)
    try {
      await api('DELETE', `/api/notebooks/${notebookId}`)
      say(`“${title}” was deleted.`)
      router.push('/notebooks')
    } catch (error) {
      setBusy(false)
      sayFailure('The notebook was not deleted', error)
    }
  }

  return (
    <Modal opened={opened} onClose={onClose} title="Delete this notebook?" size="sm">
      <Text size="sm" mb="lg">
        “{title}”, its outputs and its history go for everyone. Endpoints made from it stay.
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Keep it
        </Button>
        <Button color="red" loading={busy} onClick={() => void remove()}>
          Delete
        </Button>
      </Group>
    </Modal>
  )
}
