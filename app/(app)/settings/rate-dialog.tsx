'use client'

import { Modal, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { TokenRate } from '../../../lib/tokens/rate'
import { api } from '../../_ui/api'
import { DialogButtons } from '../../_ui/dialog-buttons'
import { say } from '../../_ui/notices'
import { RateFields, rateText, readRate } from './rate-fields'

type Props = { token: { id: string; name: string; rate: TokenRate }; onClose: (changed: boolean) => void }

/** Changes how many requests a key may send. */
export function RateDialog({ token, onClose }: Props) {
  const [rate, setRate] = useState(rateText(token.rate))
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      await api('PATCH', `/api/tokens/${token.id}`, { rate: readRate(rate) })
      say(`The rate limit of “${token.name}” was saved.`)
      onClose(true)
    } catch (error) {
      setProblem((error as Error).message)
      setBusy(false)
    }
  }
  return (
    <Modal opened onClose={() => onClose(false)} title={`Rate limit of “${token.name}”`}>
      <form onSubmit={submit}>
        <Text size="sm" mb="md">
          Requests beyond it are refused with 429 and told when to come again. Leave both empty for no limit.
        </Text>
        <RateFields rate={rate} onChange={setRate} />
        {problem && (
          <Text size="sm" mt="sm" c="var(--cellar-failed-text)" role="alert">
            {problem}
          </Text>
        )}
        <DialogButtons action="Save" busy={busy} onClose={() => onClose(false)} />
      </form>
    </Modal>
  )
}
