'use client'

import { Button, Group, NumberInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { RequestLogSettings } from '../../../../../lib/requests/settings'
import { api } from '../../../../_ui/api'
import { say } from '../../../../_ui/notices'
import { Card } from '../../../../_ui/page'
import classes from './settings.module.css'

type Props = { endpoint: string; first: RequestLogSettings; mayManage: boolean }

/** How much of the requests is kept, and for how long. */
export function LogForm({ endpoint, first, mayManage }: Props) {
  const [saved, setSaved] = useState(first)
  const [percent, setPercent] = useState<number | string>(100 * first.sampleShare)
  const [days, setDays] = useState<number | string>(first.retentionDays)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const settings = { sampleShare: Number(percent) / 100, retentionDays: Number(days) }
  const whole = percent !== '' && days !== ''
  const changed = settings.sampleShare !== saved.sampleShare || settings.retentionDays !== saved.retentionDays
  const shorter = settings.retentionDays < saved.retentionDays
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(undefined)
    try {
      setSaved(await api<RequestLogSettings>('PUT', `/api/endpoints/${endpoint}/log-settings`, settings))
      say('The log’s settings were saved.')
    } catch (error) {
      setProblem((error as Error).message)
    }
    setBusy(false)
  }
  return (
    <Card>
      <form onSubmit={submit}>
        <Group align="flex-start" gap="lg">
          <NumberInput
            label="Inputs and outputs kept"
            description="Of answered requests, by chance."
            suffix=" %"
            min={0}
            max={100}
            decimalScale={2}
            value={percent}
            onChange={setPercent}
            disabled={!mayManage}
            w={240}
          />
          <NumberInput
            label="Kept for"
            description="Older requests and their labels go."
            suffix=" days"
            min={1}
            max={3650}
            allowDecimal={false}
            value={days}
            onChange={setDays}
            disabled={!mayManage}
            w={240}
          />
        </Group>
        {whole && shorter && (
          <p className={classes.warning}>
            Requests that are older than {settings.retentionDays} days are deleted within an hour, for good.
          </p>
        )}
        {problem && (
          <p className={classes.error} role="alert">
            {problem}
          </p>
        )}
        {mayManage && (
          <Button type="submit" mt="md" loading={busy} disabled={!whole || !changed}>
            Save
          </Button>
        )}
      </form>
    </Card>
  )
}
