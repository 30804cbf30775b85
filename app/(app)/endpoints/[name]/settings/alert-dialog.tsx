'use client'

import { Group, Modal, NumberInput, Select, Stack, TagsInput, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { AlertMetric } from '../../../../../lib/protocol/alerts'
import { ApiError, api } from '../../../../_ui/api'
import { DialogButtons } from '../../../../_ui/dialog-buttons'
import { metricNames } from './describe-rule'
import classes from './settings.module.css'

type Props = { endpoint: string; mails: boolean; onAdded: () => Promise<void>; onClose: () => void }

/** What most people would be told of first. */
const usual: Record<AlertMetric, number> = { error_rate: 5, latency_p95: 250, latency_p99: 1000, drift: 0 }

/** A new rule: what is watched, its limit, and who is told. */
export function AlertDialog({ endpoint, mails, onAdded, onClose }: Props) {
  const [metric, setMetric] = useState<AlertMetric>('error_rate')
  const [limit, setLimit] = useState<number | string>(usual.error_rate)
  const [windowMinutes, setWindow] = useState<number | string>(5)
  const [minRequests, setMin] = useState<number | string>(20)
  const [emails, setEmails] = useState<string[]>([])
  const [webhook, setWebhook] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiError>()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(undefined)
    const targets = { emails, webhookUrl: webhook.trim() === '' ? null : webhook.trim() }
    const measured = {
      threshold: metric === 'error_rate' ? Number(limit) / 100 : Number(limit),
      windowMinutes: Number(windowMinutes),
      minRequests: Number(minRequests),
    }
    try {
      await api('POST', `/api/endpoints/${endpoint}/alerts`, {
        metric,
        ...(metric !== 'drift' && measured),
        ...targets,
      })
      await onAdded()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setProblem(error)
      setBusy(false)
    }
  }
  const field = (name: string) =>
    Object.entries(problem?.fields ?? {}).find(([path]) => path.split('.')[0] === name)?.[1]
  const shown = ['emails', 'webhookUrl', 'threshold', 'windowMinutes', 'minRequests'].some(field)
  return (
    <Modal opened onClose={onClose} title="Add an alert">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Select
            label="What is watched"
            data={Object.entries(metricNames).map(([value, label]) => ({ value, label }))}
            value={metric}
            onChange={(value) => {
              setMetric(value as AlertMetric)
              setLimit(usual[value as AlertMetric])
            }}
            allowDeselect={false}
            data-autofocus
          />
          {metric !== 'drift' && (
            <Group grow align="flex-start">
              <NumberInput
                label="Limit"
                suffix={metric === 'error_rate' ? ' %' : ' ms'}
                min={0}
                value={limit}
                onChange={setLimit}
                error={field('threshold')}
              />
              <NumberInput
                label="Within"
                suffix=" min"
                min={1}
                max={1440}
                allowDecimal={false}
                value={windowMinutes}
                onChange={setWindow}
                error={field('windowMinutes')}
              />
              <NumberInput
                label="Of at least"
                suffix=" requests"
                min={1}
                allowDecimal={false}
                value={minRequests}
                onChange={setMin}
                error={field('minRequests')}
              />
            </Group>
          )}
          <TagsInput
            label="Told by mail"
            description={
              mails ? 'Enter ends an address.' : 'No mail server is set yet: mails wait until one is.'
            }
            placeholder={emails.length === 0 ? 'ops@example.org' : ''}
            value={emails}
            onChange={setEmails}
            splitChars={[',', ' ', ';']}
            acceptValueOnBlur
            maxTags={10}
            error={field('emails')}
          />
          <TextInput
            label="Told by webhook"
            description="Signed with this endpoint’s key, as Standard Webhooks says."
            placeholder="https://…"
            type="url"
            value={webhook}
            onChange={(event) => setWebhook(event.currentTarget.value)}
            error={field('webhookUrl')}
          />
          {problem && !shown && <p className={classes.error}>{problem.message}</p>}
        </Stack>
        <DialogButtons action="Add" busy={busy} onClose={onClose} />
      </form>
    </Modal>
  )
}
