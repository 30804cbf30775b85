'use client'

import { Button, Checkbox, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { nameOfFile } from '../../../../lib/datasets/name-of-file'
import type { ColumnType } from '../../../../lib/protocol/dataset'
import type { ImportOptions } from '../../../../lib/protocol/dataset-import'
import { api } from '../../../_ui/api'
import { formatBytes, formatCount } from '../../../_ui/units'
import { HowRead } from './how-read'
import classes from './new.module.css'
import type { Extended, Uploaded } from './new-dataset-view'
import { PreviewTable } from './preview-table'
import { Rejected } from './rejected'
import { usePreview } from './use-preview'

type Props = {
  upload: Uploaded
  dataset?: Extended
  onBack: () => void
  onSaved: (saved: { name: string }) => void
}

/** What a file holds, how it is read, and what becomes of it. */
export function Preview({ upload, dataset, onBack, onSaved }: Props) {
  const [options, setOptions] = useState<ImportOptions>({})
  const [types, setTypes] = useState<(ColumnType | null)[]>([])
  const [names, setNames] = useState<Record<number, string>>({})
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set())
  const [name, setName] = useState(nameOfFile(upload.name))
  const [leaveOut, setLeaveOut] = useState(false)
  const [asMissing, setAsMissing] = useState(false)
  const [saving, setSaving] = useState(false)
  const [problem, setProblem] = useState<string>()
  const { preview, refused, busy } = usePreview(upload.id, options, types)

  function read(how: ImportOptions) {
    setOptions(how)
    setTypes([])
    setNames({})
    setLeft(new Set())
    setProblem(undefined)
  }
  if (refused) {
    return (
      <>
        <p className={classes.refused} role="alert">
          {refused.message}
        </p>
        <Group mt="md" gap="xs">
          {refused.code === 'not_utf8' && (
            <Button onClick={() => read({ ...options, encoding: 'windows-1252' })}>Read it as Latin-1</Button>
          )}
          {Object.keys(options).length > 0 && refused.code !== 'not_utf8' && (
            <Button variant="default" onClick={() => read({})}>
              Read it as before
            </Button>
          )}
          <Button variant="default" onClick={onBack}>
            Choose another file
          </Button>
        </Group>
      </>
    )
  }
  if (!preview) {
    return (
      <div aria-live="polite">
        <Text size="sm" c="dimmed" mb="sm">
          Reading {upload.name}, {formatBytes(upload.bytes)}
        </Text>
        <Skeleton height={420} radius="lg" />
      </div>
    )
  }
  const columns = preview.columns.map((column, i) => ({
    ...column,
    name: names[i] ?? column.name,
    keep: !left.has(i),
  }))
  const misfits = columns.reduce((sum, { keep, misfits: { count } }) => sum + (keep ? count : 0), 0)
  const kept = columns.filter(({ keep }) => keep).length

  async function save() {
    setSaving(true)
    setProblem(undefined)
    try {
      const saved = await api<{ name: string }>('POST', `/api/dataset-uploads/${upload.id}/save`, {
        options,
        columns: columns.map(({ name, type, keep }) => ({ name, type, keep })),
        leaveOutRejected: leaveOut,
        misfitsAsMissing: asMissing,
        target: dataset ? { datasetId: dataset.id, parent: dataset.head } : { name },
      })
      onSaved(saved)
    } catch (error) {
      setProblem((error as Error).message)
      setSaving(false)
    }
  }

  return (
    <>
      <HowRead preview={preview} onChange={(change) => read({ ...options, ...change })} />
      <Text size="sm" c="dimmed" mb="xs" aria-live="polite">
        {upload.name}: {formatCount(preview.rows)} {preview.rows === 1 ? 'row' : 'rows'},{' '}
        {formatCount(columns.length)} {columns.length === 1 ? 'column' : 'columns'},{' '}
        {formatBytes(upload.bytes)}
        {busy && ', reading …'}
      </Text>
      <PreviewTable
        columns={columns}
        sample={preview.sample}
        onName={(i, text) => setNames({ ...names, [i]: text })}
        onType={(i, type) => setTypes(columns.map((_, at) => (at === i ? type : (types[at] ?? null))))}
        onKeep={(i, keep) => {
          const next = new Set(left)
          if (keep) next.delete(i)
          else next.add(i)
          setLeft(next)
        }}
      />
      {preview.notices.length > 0 && (
        <div className={classes.note}>
          {preview.notices.length === 1 ? (
            preview.notices[0]
          ) : (
            <ul>
              {preview.notices.slice(0, 20).map((notice) => (
                <li key={notice}>{notice}</li>
              ))}
            </ul>
          )}
        </div>
      )}
      {preview.rejected.count > 0 && <Rejected rejected={preview.rejected} />}
      <Stack gap="xs" mt="md">
        {preview.rejected.count > 0 && (
          <Checkbox
            checked={leaveOut}
            onChange={(event) => setLeaveOut(event.currentTarget.checked)}
            label={`Leave ${preview.rejected.count === 1 ? 'this line' : `these ${formatCount(preview.rejected.count)} lines`} out`}
          />
        )}
        {misfits > 0 && (
          <Checkbox
            checked={asMissing}
            onChange={(event) => setAsMissing(event.currentTarget.checked)}
            label={`Let ${misfits === 1 ? 'the value' : `the ${formatCount(misfits)} values`} that ${misfits === 1 ? 'does' : 'do'} not fit be missing`}
          />
        )}
      </Stack>
      <form
        className={classes.save}
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        {!dataset && (
          <TextInput
            aria-label="Name"
            placeholder="Name"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            w={260}
          />
        )}
        <Button
          type="submit"
          loading={saving}
          disabled={
            kept === 0 || (preview.rejected.count > 0 && !leaveOut) || (misfits > 0 && !asMissing) || busy
          }
        >
          {dataset ? `Save version ${dataset.head + 1}` : 'Save'}
        </Button>
        <Button variant="subtle" color="gray" onClick={onBack}>
          Choose another file
        </Button>
      </form>
      {problem && (
        <p className={classes.refused} role="alert">
          {problem}
        </p>
      )}
    </>
  )
}
