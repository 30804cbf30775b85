'use client'

import { Button, Group, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import type { ImportReport } from '../../../../lib/protocol/imported-model'
import type { VersionStatus } from '../../../../lib/protocol/version-status'
import { api } from '../../../_ui/api'
import { formatJson } from '../../../_ui/records/format-json'
import { formatBytes } from '../../../_ui/units'
import { statusNames } from '../[name]/statuses'
import classes from './add-model.module.css'
import { formatNames } from './format-names'
import { columnsInput, namesOf, namingOf } from './naming'
import { SignatureTable } from './signature-table'

export type Found = { id: string; report: ImportReport }

type Props = {
  found: Found
  /** Of which it becomes a version; without it, a name is asked for. */
  endpoint?: string
  suggestedName: string
  onBack: () => void
  onPublished: (promoted: { endpoint: string; version: string }) => void
}

/** What was found in the files: names and an example to try, then a version is made of it. */
export function FoundModel({ found, endpoint, suggestedName, onBack, onPublished }: Props) {
  const [report, setReport] = useState(found.report)
  const [names, setNames] = useState(namesOf(found.report))
  const [name, setName] = useState(endpoint ?? suggestedName)
  const [status, setStatus] = useState<VersionStatus>(endpoint ? 'testing' : 'production')
  /** The example as a person typed it; without, Cellar makes one. */
  const [typed, setTyped] = useState<string>()
  const [busy, setBusy] = useState<'try' | 'publish'>()
  const [problem, setProblem] = useState<string>()
  const columns = columnsInput(report)
  const tried = useRef(JSON.stringify(namingOf(names)))
  const attempts = useRef(0)

  const act = async (what: 'try' | 'publish', run: (wishes: object) => Promise<void>) => {
    setBusy(what)
    setProblem(undefined)
    try {
      const records = typed === undefined ? undefined : [parseExample(typed)]
      await run({ naming: namingOf(names), ...(records && { records }) })
    } catch (error) {
      setProblem((error as Error).message)
    } finally {
      setBusy(undefined)
    }
  }
  const attempt = () => {
    tried.current = JSON.stringify(namingOf(names))
    const number = ++attempts.current
    return act('try', async (wishes) => {
      const answer = await api<{ report: ImportReport }>('POST', `/api/endpoints/uploads/${found.id}`, wishes)
      if (number === attempts.current) setReport(answer.report)
    })
  }
  /** A made example follows the names; a person's own stays as it is. */
  const renamed = () => {
    if (typed === undefined && tried.current !== JSON.stringify(namingOf(names))) void attempt()
  }
  const publish = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return setProblem('give the endpoint a name')
    void act('publish', async (wishes) => {
      const body = { upload: found.id, status, ...wishes }
      const path = `/api/endpoints/${encodeURIComponent(name.trim())}/versions`
      onPublished(await api<{ endpoint: string; version: string }>('POST', path, body))
    })
  }

  return (
    <form onSubmit={publish}>
      <Stack gap="lg">
        <p className={classes.found}>
          <strong>{formatNames[report.format]}</strong>
          <span className={classes.hint}>{filesText(report)}</span>
        </p>
        {report.notes.map((note) => (
          <p key={note} className={classes.note}>
            {note}
          </p>
        ))}
        {!endpoint && (
          <TextInput
            label="Endpoint"
            description="Its address: lower-case letters, digits and hyphens. The name of one that exists adds a version to it."
            value={name}
            maxLength={63}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
        )}
        <div className={classes.sides}>
          <SignatureTable
            title="Inputs"
            alone={names.columns.trim() ? 'named below' : 'the record itself'}
            tensors={report.signature.inputs}
            names={names.inputs}
            onChange={(inputs) => setNames({ ...names, inputs })}
            onBlur={renamed}
          />
          <SignatureTable
            title="Outputs"
            alone="the prediction itself"
            tensors={report.signature.outputs}
            names={names.outputs}
            onChange={(outputs) => setNames({ ...names, outputs })}
            onBlur={renamed}
          />
        </div>
        {columns && (
          <Textarea
            label={`Names of its ${columns.shape[0]! > 0 ? `${columns.shape[0]} ` : ''}values`}
            description="Separated by commas; records then have these fields. Without them, a record is a list."
            value={names.columns}
            onChange={(event) => setNames({ ...names, columns: event.currentTarget.value })}
            onBlur={renamed}
            autosize
            minRows={1}
            maxRows={4}
          />
        )}
        <div className={classes.sides}>
          <Textarea
            label="Example"
            description={
              typed === undefined
                ? 'Made from the signature. A real one tests more.'
                : 'Kept with the version.'
            }
            classNames={{ input: classes.json }}
            value={typed ?? formatJson(report.records[0])}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autosize
            minRows={4}
            maxRows={12}
            spellCheck={false}
          />
          <div>
            <Group justify="space-between" align="flex-end" mb={6}>
              <span className={classes.label}>Its answer</span>
              <Button
                variant="default"
                size="compact-sm"
                loading={busy === 'try'}
                disabled={busy === 'publish'}
                onClick={attempt}
              >
                Try it
              </Button>
            </Group>
            {report.predictions ? (
              <pre className={classes.answer} data-testid="answer">
                {formatJson(report.predictions[0])}
              </pre>
            ) : (
              <p className={classes.refused}>
                The model does not answer this example: {report.problem}. Change it and try again.
              </p>
            )}
          </div>
        </div>
        <Select
          label="Status"
          description="After its self-test, in a fresh process."
          data={(['production', 'staging', 'testing'] as const).map((value) => ({
            value,
            label: value === 'production' ? `${statusNames[value]}: answers at once` : statusNames[value],
          }))}
          value={status}
          onChange={(value) => value && setStatus(value as VersionStatus)}
          allowDeselect={false}
        />
        {problem && (
          <p className={classes.refused} role="alert">
            {problem}
          </p>
        )}
        <Group justify="space-between">
          <Button variant="subtle" color="gray" onClick={onBack} disabled={busy !== undefined}>
            Other files
          </Button>
          <Button type="submit" loading={busy === 'publish'} disabled={busy === 'try'}>
            {endpoint ? 'Add the version' : 'Publish'}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function parseExample(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Error(`the example is not JSON: ${(cause as Error).message}`, { cause })
  }
}

function filesText({ files }: ImportReport): string {
  const size = formatBytes(files.reduce((sum, { bytes }) => sum + bytes, 0))
  const more = files.length > 1 ? ` and ${files.length - 1} more` : ''
  return `${files[0]!.path}${more}, ${size}`
}
