'use client'

import { Button, Group, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { RequestDetail } from '../../../../../lib/requests/detail'
import { api } from '../../../../_ui/api'
import { StatusDot } from '../../../../_ui/status-dot'
import type { Wire } from '../../../../_ui/wire'
import { parseTruth } from './parse-truth'

type Props = { endpoint: string; request: Wire<RequestDetail>; onLabelled: () => Promise<void> }

/** Says what turned out to be true of a request; a later word replaces the first. */
export function FeedbackForm({ endpoint, request, onLabelled }: Props) {
  const { requestId, truth, right } = request
  const [text, setText] = useState(
    truth === null ? '' : typeof truth === 'string' ? truth : JSON.stringify(truth),
  )
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(undefined)
    try {
      await api('POST', `/api/v1/${endpoint}/requests/${requestId}/feedback`, { truth: parseTruth(text) })
      await onLabelled()
    } catch (error) {
      setProblem((error as Error).message)
    }
    setBusy(false)
  }
  return (
    <form onSubmit={submit}>
      <Group align="flex-end" gap="sm" wrap="nowrap">
        <TextInput
          label="What turned out to be true"
          description="A value such as >50K, or JSON: the fields of the prediction that are known."
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={problem}
          flex={1}
          maxLength={10_000}
        />
        <Button type="submit" variant="default" loading={busy} disabled={text.trim() === ''}>
          Save
        </Button>
      </Group>
      {right !== null && (
        <Text size="sm" mt={6} component="div">
          <StatusDot tone={right ? 'good' : 'bad'}>
            {right ? 'The prediction says the same.' : 'The prediction says something else.'}
          </StatusDot>
        </Text>
      )}
    </form>
  )
}
