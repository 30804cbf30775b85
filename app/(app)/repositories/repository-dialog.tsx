'use client'

import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { RepositoryFields } from '../../../lib/repositories/repositories'
import { ApiError } from '../../_ui/api'
import classes from './repositories.module.css'

type Props = {
  title: string
  submit: string
  /** As they are. */
  fields?: RepositoryFields
  /** Rejects with what is shown at the fields. */
  onSubmit: (fields: RepositoryFields) => Promise<void>
  onClose: () => void
}

/** Asks where a notebook lies, and stays open with the reason while that is refused. */
export function RepositoryDialog({ title, submit, fields, onSubmit, onClose }: Props) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<{ message: string; fields: Record<string, string> }>()
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name)).trim()
    setBusy(true)
    setProblem(undefined)
    try {
      await onSubmit({
        address: text('address'),
        branch: text('branch') || 'main',
        path: text('path'),
        commit: text('commit') || null,
      })
    } catch (error) {
      setProblem({
        message: (error as Error).message,
        fields: error instanceof ApiError ? error.fields : {},
      })
      setBusy(false)
    }
  }
  const at = (name: string) => problem?.fields[name]
  const elsewhere = problem && Object.keys(problem.fields).length === 0
  return (
    <Modal opened onClose={onClose} title={title}>
      <form onSubmit={send}>
        <Stack gap="md">
          <TextInput
            name="address"
            label="Address"
            placeholder="https://github.com/you/models"
            defaultValue={fields?.address}
            error={at('address')}
            required
            withAsterisk={false}
            data-autofocus
          />
          <TextInput
            name="path"
            label="Notebook"
            description="Its path in the repository. Files beside it that end in .test.ts are its tests."
            placeholder="models/train.ts"
            defaultValue={fields?.path}
            error={at('path')}
            required
            withAsterisk={false}
          />
          <TextInput
            name="branch"
            label="Branch"
            placeholder="main"
            defaultValue={fields?.branch}
            error={at('branch')}
          />
          <TextInput
            name="commit"
            label="Commit"
            description="Its whole hash, to pull this one and no other. Empty: the newest of the branch."
            defaultValue={fields?.commit ?? ''}
            error={at('commit')}
          />
          {elsewhere && (
            <p className={classes.refused} role="alert">
              {problem.message}
            </p>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={busy}>
              {submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
