'use client'

import { Modal, Text, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { VersionStatus } from '../../../../lib/protocol/version-status'
import { api } from '../../../_ui/api'
import { DialogButtons } from '../../../_ui/dialog-buttons'
import { say } from '../../../_ui/notices'
import classes from './endpoint.module.css'
import { statusNames } from './statuses'

type Props = {
  title: string
  endpoint: string
  version: string
  status: VersionStatus
  onChanged: () => Promise<void>
  onClose: () => void
}

/** Asks why a version changes its status, and stays open with the reason while that is refused. */
export function StatusDialog({ title, endpoint, version, status, onChanged, onClose }: Props) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const reason = String(new FormData(event.currentTarget).get('reason')).trim()
    setBusy(true)
    setProblem(undefined)
    try {
      await api('PUT', `/api/endpoints/${endpoint}/versions/${version}/status`, { status, reason })
      await onChanged()
      say(
        status === 'production'
          ? `Version ${version} answers now.`
          : `Version ${version}: ${statusNames[status]}.`,
      )
      onClose()
    } catch (error) {
      setProblem((error as Error).message)
      setBusy(false)
    }
  }
  return (
    <Modal opened onClose={onClose} title={`${title}: ${version}`}>
      <form onSubmit={submit}>
        {status === 'production' && (
          <Text size="sm" mb="sm">
            It is loaded and tried with its own example first; the version that answers now becomes staging.
          </Text>
        )}
        <Textarea
          name="reason"
          label="Why"
          description="Kept in the history of this endpoint. May be left empty."
          maxLength={500}
          autosize
          minRows={2}
          data-autofocus
        />
        {problem && <p className={classes.error}>{problem}</p>}
        <DialogButtons action={title} busy={busy} onClose={onClose} />
      </form>
    </Modal>
  )
}
