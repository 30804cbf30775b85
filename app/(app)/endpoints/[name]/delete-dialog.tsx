'use client'

import { Button, Group, Modal, Text } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../../_ui/api'
import { say } from '../../../_ui/notices'
import classes from './endpoint.module.css'

type Props<Answer> = {
  title: string
  text: string
  /** Why it cannot be deleted now, as a sentence. */
  use: string | null
  /** The route that deletes it. */
  path: string
  /** What is said when it is done. */
  done: string
  onDeleted: (answer: Answer) => Promise<void> | void
  onClose: () => void
}

/** Asks once before a deletion; says why there can be none. */
export function DeleteDialog<Answer>({ title, text, use, path, done, onDeleted, onClose }: Props<Answer>) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const remove = async () => {
    setBusy(true)
    setProblem(undefined)
    try {
      const answer = await api<Answer>('DELETE', path)
      await onDeleted(answer)
      say(done)
      onClose()
    } catch (error) {
      setProblem((error as Error).message)
      setBusy(false)
    }
  }
  return (
    <Modal opened onClose={onClose} title={title}>
      <Text size="sm">{use ? `It is in use, so it cannot be deleted: ${use}.` : text}</Text>
      {problem && <p className={classes.error}>{problem}</p>}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose} data-autofocus>
          {use ? 'Close' : 'Cancel'}
        </Button>
        {!use && (
          <Button color="red" loading={busy} onClick={() => void remove()}>
            Delete
          </Button>
        )}
      </Group>
    </Modal>
  )
}
