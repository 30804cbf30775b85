import { Modal, Text, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { DialogButtons } from '../../../../_ui/dialog-buttons'
import { formatCount } from '../../../../_ui/units'
import type { PendingCount } from './pending'

type Props = {
  count: PendingCount
  /** Rejects with what is shown. */
  onSave: (message: string) => Promise<void>
  onClose: () => void
}

/** Asks what the version is about, and saves it. */
export function SaveDialog({ count, onSave, onClose }: Props) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setBusy(true)
    try {
      await onSave(String(new FormData(event.currentTarget).get('message')).trim())
    } catch (error) {
      setProblem((error as Error).message)
      setBusy(false)
    }
  }
  return (
    <Modal opened onClose={onClose} title="Save as version">
      <form onSubmit={send}>
        <Text size="sm" mb="sm">
          {formatCount(count.all)} {count.all === 1 ? 'row is' : 'rows are'} not as the newest version has{' '}
          {count.all === 1 ? 'it' : 'them'}. All versions stay.
        </Text>
        <Textarea
          name="message"
          label="What was changed, and why"
          placeholder="Corrected petal lengths of the last box"
          autosize
          minRows={2}
          maxRows={8}
          maxLength={2000}
          error={problem}
          onChange={() => setProblem(undefined)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
              event.currentTarget.form?.requestSubmit()
          }}
          data-autofocus
        />
        <DialogButtons action="Save" busy={busy} onClose={onClose} />
      </form>
    </Modal>
  )
}
