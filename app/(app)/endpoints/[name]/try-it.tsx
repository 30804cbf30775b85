'use client'

import { Button, Group, Textarea } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import type { VersionDetail } from '../../../../lib/registry/page'
import { ApiError, api } from '../../../_ui/api'
import { CodeBlock } from '../../../_ui/code-block'
import { Folded } from '../../../_ui/folded'
import { Card } from '../../../_ui/page'
import { Prediction } from '../../../_ui/records/answer'
import { defaultValue } from '../../../_ui/records/defaults'
import { formatJson } from '../../../_ui/records/format-json'
import { RecordForm } from '../../../_ui/records/record-form'
import { formatMs } from '../../../_ui/units'
import type { Wire } from '../../../_ui/wire'
import classes from './endpoint.module.css'

type Props = { endpoint: string; version: Wire<VersionDetail>; onAnswer: () => void }
type Answer = { request_id: string; version: string; predictions: unknown[] }
type Result = { answer: Answer; ms: number } | { problem: string; ms: number }

/** A form drawn from the schema with the record's JSON beside it; each follows the other. */
export function TryIt({ endpoint, version, onAnswer }: Props) {
  const { input } = version.schema as VersionDetail['schema']
  const [record, setRecord] = useState<unknown>(() => version.example?.record ?? defaultValue(input))
  const [json, setJson] = useState(() => formatJson(record))
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const [result, setResult] = useState<Result>()

  const edit = (next: unknown) => {
    setRecord(next)
    setJson(formatJson(next))
    setProblem(undefined)
  }
  const type = (text: string) => {
    setJson(text)
    try {
      setRecord(JSON.parse(text))
      setProblem(undefined)
    } catch (error) {
      setProblem((error as Error).message)
    }
  }
  const send = async () => {
    setBusy(true)
    const began = performance.now()
    const took = () => performance.now() - began
    try {
      const answer = await api<Answer>('POST', `/api/v1/${endpoint}/predict`, { instances: [record] })
      setResult({ answer, ms: took() })
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setResult({ problem: error.message, ms: took() })
    }
    setBusy(false)
    // Its row in the log is committed within a second.
    setTimeout(onAnswer, 1100)
  }
  return (
    <Card>
      <form
        className={classes.try}
        onSubmit={(event) => {
          event.preventDefault()
          if (!problem) void send()
        }}
      >
        <div className={classes.form}>
          <RecordForm field={input} value={record} onChange={edit} />
        </div>
        <div className={classes.side}>
          <Textarea
            label="JSON"
            value={json}
            onChange={(event) => type(event.currentTarget.value)}
            error={problem}
            // Counted, not measured: the page stands still while it loads. A picture is drawn; its numbers take no more room.
            rows={Math.min(Math.max(json.split('\n').length, 6), input.type === 'tensor' ? 7 : 18)}
            spellCheck={false}
            classNames={{ input: classes.json }}
          />
          <Group mt="sm" gap="sm">
            <Button
              type="submit"
              loading={busy}
              disabled={problem !== undefined}
              leftSection={<IconPlayerPlay size={16} stroke={1.6} />}
            >
              Predict
            </Button>
            <Button variant="default" onClick={() => edit(version.example?.record ?? defaultValue(input))}>
              Reset
            </Button>
          </Group>
          <div aria-live="polite">{result && <Outcome result={result} />}</div>
        </div>
      </form>
    </Card>
  )
}

function Outcome({ result }: { result: Result }) {
  if ('problem' in result)
    return (
      <div className={classes.refused}>
        <strong>Refused</strong> after {formatMs(result.ms)}
        <p>{result.problem}</p>
      </div>
    )
  const { answer, ms } = result
  return (
    <div className={classes.outcome} data-testid="prediction">
      <p className={classes.meta}>
        Version {answer.version} answered in {formatMs(ms)}
      </p>
      <Prediction value={answer.predictions[0]} />
      <Folded summary="Whole answer">
        <CodeBlock code={formatJson(answer)} label="Answer as JSON" />
      </Folded>
    </div>
  )
}
