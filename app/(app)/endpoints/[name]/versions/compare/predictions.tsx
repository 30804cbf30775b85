'use client'

import { Button } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import type { FieldSchema } from '../../../../../../lib/protocol/schema'
import type { VersionPage } from '../../../../../../lib/registry/version-page'
import { api } from '../../../../../_ui/api'
import { Card } from '../../../../../_ui/page'
import { Prediction } from '../../../../../_ui/records/answer'
import { defaultValue } from '../../../../../_ui/records/defaults'
import { RecordForm } from '../../../../../_ui/records/record-form'
import { formatMs } from '../../../../../_ui/units'
import type { Wire } from '../../../../../_ui/wire'
import endpointClasses from '../../endpoint.module.css'
import classes from './compare.module.css'

type Page = Wire<VersionPage>
type Answer = { prediction: unknown; ms: number } | { problem: string; ms: number }

/** A form of the first version's fields; both answer its record. */
export function Predictions({ a, b }: { a: Page; b: Page }) {
  const input = a.schema.input as FieldSchema
  const [record, setRecord] = useState<unknown>(
    () => a.example?.record ?? b.example?.record ?? defaultValue(input),
  )
  const [answers, setAnswers] = useState<[Answer, Answer]>()
  const [busy, setBusy] = useState(false)
  const send = async () => {
    setBusy(true)
    setAnswers(await Promise.all([ask(a, record), ask(b, record)]))
    setBusy(false)
  }
  return (
    <Card>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <RecordForm field={input} value={record} onChange={setRecord} />
        <Button type="submit" mt="md" loading={busy} leftSection={<IconPlayerPlay size={16} stroke={1.6} />}>
          Predict with both
        </Button>
      </form>
      {answers && (
        <div className={classes.answers} aria-live="polite" data-testid="predictions">
          {[a, b].map(({ version, id }, i) => (
            <Outcome key={id} version={version} answer={answers[i]!} />
          ))}
        </div>
      )}
    </Card>
  )
}

function Outcome({ version, answer }: { version: string; answer: Answer }) {
  const failed = 'problem' in answer
  return (
    <div className={failed ? endpointClasses.refused : endpointClasses.outcome}>
      <p className={classes.answered}>
        Version {version} {failed ? 'refused' : 'answered'} in {formatMs(answer.ms)}
      </p>
      {failed ? answer.problem : <Prediction value={answer.prediction} />}
    </div>
  )
}

async function ask({ endpoint, version }: Page, record: unknown): Promise<Answer> {
  const began = performance.now()
  const took = () => performance.now() - began
  try {
    const path = `/api/v1/${endpoint}/predict?version=${version}`
    const { predictions } = await api<{ predictions: unknown[] }>('POST', path, { instances: [record] })
    return { prediction: predictions[0], ms: took() }
  } catch (error) {
    return { problem: (error as Error).message, ms: took() }
  }
}
