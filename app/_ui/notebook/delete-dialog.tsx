import { Button, Group, Modal, Text } from '@mantine/core'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '../api'
import { sayFailure } from '../notices'
import { sayWithUndo } from '../say-with-undo'
import { useSession, useView } from './context'

/** Asks once before a notebook goes into the trash, since everybody's pages of it close. */
export function DeleteDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { notebookId } = useSession()
  const title = useView((view) => view.title)
  const router = useRouter()
  const [busy, setBusy] = useState(false)

  async function remove() {
    setBusy(true)
    try {
      await api('DELETE', `/api/notebooks/${notebookId}`)
      sayWithUndo(`“${title}” moved to the trash`, () =>
        api('POST', `/api/trash/${notebookId}`, {}).then(
          () => router.push(`/n/${notebookId}`),
          (error) => sayFailure('The notebook is still in the trash', error),
        ),
      )
      router.push('/notebooks')
    } catch (error) {
      setBusy(false)
      sayFailure('The notebook was not moved', error)
    }
  }

  return (
    <Modal opened={opened} onClose={onClose} title="Move this notebook to the trash?" size="sm">
      <Text size="sm" mb="lg">
        “{title}” closes for everyone, and its kernel ends. It can be restored for 30 days. Endpoints made
        from it stay.
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Keep it
        </Button>
        <Button color="red" loading={busy} onClick={() => void remove()}>
          Move to the trash
        </Button>
      </Group>
    </Modal>
  )
}
