'use client'

import { Button, Group, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { WebhookSettings } from '../../../../../lib/webhooks/settings'
import { api } from '../../../../_ui/api'
import { CodeBlock } from '../../../../_ui/code-block'
import { Confirm } from '../../../../_ui/confirm'
import { say, sayFailure } from '../../../../_ui/notices'
import { Card } from '../../../../_ui/page'
import type { Wire } from '../../../../_ui/wire'
import classes from './settings.module.css'

type Webhook = Wire<WebhookSettings>
type Props = { endpoint: string; first: Webhook | null; mayManage: boolean }

const asks = {
  key: {
    title: 'Make a new signing key?',
    text: 'The present key signs nothing any more: receivers refuse reports until they know the new one.',
    action: 'Make a new key',
  },
  remove: {
    title: 'Remove the webhook?',
    text: 'Nobody is told of ended jobs any more, and requests that name a callback are refused until a new key is made.',
    action: 'Remove',
  },
}

/** Where ended jobs are reported, and the key that signs the reports. */
export function WebhookForm({ endpoint, first, mayManage }: Props) {
  const [saved, setSaved] = useState(first)
  const [url, setUrl] = useState(first?.url ?? '')
  const [key, setKey] = useState<string>()
  const [asking, setAsking] = useState<keyof typeof asks>()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const address = `/api/endpoints/${endpoint}/webhook`

  const makeKey = async () => {
    setBusy(true)
    try {
      setKey((await api<{ key: string }>('POST', `${address}/key`)).key)
      setSaved((await api<{ webhook: Webhook }>('GET', address)).webhook)
    } catch (error) {
      sayFailure('The key could not be made', error)
    }
    setBusy(false)
    setAsking(undefined)
  }
  const remove = async () => {
    try {
      await api('DELETE', address)
      setSaved(null)
      setKey(undefined)
      setUrl('')
      say('The webhook was removed.')
    } catch (error) {
      sayFailure('The webhook was not removed', error)
    }
    setAsking(undefined)
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(undefined)
    try {
      const body = { url: url.trim() || null }
      setSaved((await api<{ webhook: Webhook }>('PUT', address, body)).webhook)
      say('The webhook’s address was saved.')
    } catch (error) {
      setProblem((error as Error).message)
    }
    setBusy(false)
  }

  if (!saved)
    return (
      <Card>
        <Group justify="space-between" gap="md">
          <span className={classes.text}>
            Reports are signed. Make the key first, and give it to the receiver.
          </span>
          {mayManage && (
            <Button loading={busy} onClick={() => void makeKey()}>
              Make a signing key
            </Button>
          )}
        </Group>
      </Card>
    )
  return (
    <Card>
      {key && (
        <div className={classes.key} role="status">
          <p className={classes.text}>
            The signing key, shown only now. Receivers check it with any library of Standard Webhooks.
          </p>
          <CodeBlock code={key} label="Signing key" wrap />
        </div>
      )}
      <form onSubmit={submit}>
        <TextInput
          label="Address"
          description="Told of every ended job. Empty: only jobs that name a callback_url of their own are reported."
          placeholder="https://example.com/predictions"
          type="url"
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
          error={problem}
          disabled={!mayManage}
        />
        {mayManage && (
          <Group mt="md" gap="sm">
            <Button type="submit" loading={busy} disabled={url.trim() === (saved.url ?? '')}>
              Save
            </Button>
            <Button variant="default" onClick={() => setAsking('key')}>
              New signing key
            </Button>
            <Button variant="subtle" color="red" onClick={() => setAsking('remove')}>
              Remove
            </Button>
          </Group>
        )}
      </form>
      {asking && (
        <Confirm
          {...asks[asking]}
          onConfirm={asking === 'key' ? makeKey : remove}
          onClose={() => setAsking(undefined)}
        />
      )}
    </Card>
  )
}
