'use client'

import { Button, NumberInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { EndpointLimits, Limits } from '../../../../../lib/serving/limits'
import { ApiError, api } from '../../../../_ui/api'
import { say } from '../../../../_ui/notices'
import { Card } from '../../../../_ui/page'
import { formatCount } from '../../../../_ui/units'
import classes from './settings.module.css'

type Props = { endpoint: string; first: EndpointLimits; defaults: Limits; mayManage: boolean }
type Name = keyof EndpointLimits

const fields: { name: Name; label: string; description: string; suffix: string; max: number; min: number }[] =
  [
    {
      name: 'deadlineMs',
      label: 'Deadline',
      description:
        'Without an answer until then: 504. What could not be answered in time is refused at once.',
      suffix: ' ms',
      min: 10,
      max: 60_000,
    },
    {
      name: 'maxWaiting',
      label: 'Queue length',
      description: 'Requests of one version that wait. Those beyond it are refused with 429.',
      suffix: ' requests',
      min: 1,
      max: 100_000,
    },
    {
      name: 'batchSize',
      label: 'Batch size',
      description: 'Records in one call of the model, at most.',
      suffix: ' records',
      min: 1,
      max: 1000,
    },
    {
      name: 'concurrency',
      label: 'Concurrency',
      description: 'Calls of the model at once on each worker. Each needs a process, and its memory.',
      suffix: '',
      min: 1,
      max: 16,
    },
  ]

/** What the installation does where a field is empty. */
const otherwise = (name: Name, defaults: Limits) =>
  name === 'batchSize'
    ? `${formatCount(defaults.maxRecords)} records`
    : `${formatCount(defaults[name])}${fields.find((field) => field.name === name)!.suffix}`

/** How much the endpoint takes on at once; an empty field leaves it to the installation. */
export function LimitsForm({ endpoint, first, defaults, mayManage }: Props) {
  const [saved, setSaved] = useState(first)
  const [limits, setLimits] = useState(first)
  const [busy, setBusy] = useState(false)
  const [problems, setProblems] = useState<Record<string, string>>({})
  const changed = fields.some(({ name }) => limits[name] !== saved[name])
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblems({})
    try {
      setSaved(await api<EndpointLimits>('PUT', `/api/endpoints/${endpoint}/limits`, limits))
      say('The limits were saved. They count within a second.')
    } catch (error) {
      const named = error instanceof ApiError ? error.fields : {}
      setProblems(Object.keys(named).length > 0 ? named : { form: (error as Error).message })
    }
    setBusy(false)
  }
  return (
    <Card>
      <form onSubmit={submit}>
        <div className={classes.fields}>
          {fields.map(({ name, label, description, suffix, min, max }) => (
            <NumberInput
              key={name}
              label={label}
              description={description}
              placeholder={otherwise(name, defaults)}
              suffix={suffix}
              thousandSeparator=","
              min={min}
              max={max}
              allowDecimal={false}
              value={limits[name] ?? ''}
              onChange={(value) => setLimits({ ...limits, [name]: value === '' ? null : Number(value) })}
              error={problems[name]}
              disabled={!mayManage}
            />
          ))}
        </div>
        {problems.form && (
          <p className={classes.error} role="alert">
            {problems.form}
          </p>
        )}
        {mayManage && (
          <Button type="submit" mt="lg" loading={busy} disabled={!changed}>
            Save limits
          </Button>
        )}
      </form>
    </Card>
  )
}
