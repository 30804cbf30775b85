'use client'

import { Button, Group, Modal, Text } from '@mantine/core'
import { useState } from 'react'

type Props = {
  title: string
  text: string
  action: string
  /** What destroys nothing has not the colour of what does. */
  isHarmless?: boolean
  onConfirm: () => Promise<void>
  onClose: () => void
}

/** Asks once before something that cannot be taken back, or that others will notice. */
export function Confirm({ title, text, action, isHarmless = false, onConfirm, onClose }: Props) {
  const [busy, setBusy] = useState(false)
  const confirm = async () => {
    setBusy(true)
    await onConfirm()
    setBusy(false)
  }
  return (
    <Modal opened onClose={onClose} title={title}>
      <Text size="sm">{text}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose} data-autofocus>
          Cancel
        </Button>
        <Button color={isHarmless ? undefined : 'red'} loading={busy} onClick={() => void confirm()}>
          {action}
        </Button>
      </Group>
    </Modal>
  )
}
