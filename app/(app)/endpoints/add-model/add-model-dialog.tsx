'use client'

import { Button, Modal, Progress } from '@mantine/core'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { suggestName } from '../../../_ui/notebook/suggest-name'
import { say } from '../../../_ui/notices'
import { formatBytes } from '../../../_ui/units'
import { upload } from '../../../_ui/upload'
import classes from './add-model.module.css'
import { DropZone } from './drop-zone'
import type { ChosenFile } from './dropped-files'
import { type Found, FoundModel } from './found-model'

type Props = {
  /** Of which the model becomes a version; without it, of one that is asked for. */
  endpoint?: string
  onClose: () => void
  onPublished?: () => Promise<void>
}

type Step =
  | { at: 'choose'; problem?: string }
  | { at: 'send'; names: string; bytes: number; share: number }
  | { at: 'found'; found: Found; suggestedName: string }

/** Makes a version of a model that was made elsewhere: choose its files, look at what they hold, publish. */
export function AddModelDialog({ endpoint, onClose, onPublished }: Props) {
  const router = useRouter()
  const [step, setStep] = useState<Step>({ at: 'choose' })
  const sending = useRef<AbortController>(undefined)
  useEffect(() => () => sending.current?.abort(), [])

  async function send(files: ChosenFile[]) {
    if (files.length === 0) return
    const form = new FormData()
    for (const { path, file } of files) form.append('file', file, path)
    const bytes = files.reduce((sum, { file }) => sum + file.size, 0)
    const names = files.length === 1 ? files[0]!.path : `${files.length} files`
    const stop = new AbortController()
    sending.current = stop
    setStep({ at: 'send', names, bytes, share: 0 })
    try {
      const progress = (share: number) => setStep({ at: 'send', names, bytes, share })
      const found = await upload<Found>('POST', '/api/endpoints/uploads', form, progress, stop.signal)
      setStep({ at: 'found', found, suggestedName: suggestName(baseName(files)) })
    } catch (error) {
      if (!stop.signal.aborted) setStep({ at: 'choose', problem: (error as Error).message })
    }
  }
  function back() {
    sending.current?.abort()
    setStep({ at: 'choose' })
  }
  async function published({ endpoint: name, version }: { endpoint: string; version: string }) {
    await onPublished?.()
    say(`${name} ${version} is there.`)
    onClose()
    if (name !== endpoint) router.push(`/endpoints/${name}`)
  }

  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={endpoint ? `New version of ${endpoint} from a file` : 'Add a model'}
      closeOnClickOutside={step.at === 'choose'}
    >
      {step.at === 'choose' && (
        <>
          <DropZone onFiles={send} />
          {step.problem && (
            <p className={classes.refused} role="alert">
              {step.problem}
            </p>
          )}
        </>
      )}
      {step.at === 'send' && (
        <div className={classes.sending} aria-live="polite">
          <p className={classes.hint}>
            {step.share < 1
              ? `Sending ${step.names}: ${formatBytes(step.share * step.bytes)} of ${formatBytes(step.bytes)}`
              : `Looking into ${step.names}: it is loaded in a process of its own, without network`}
          </p>
          <Progress value={100 * step.share} animated={step.share >= 1} aria-label="Progress" />
          <Button variant="default" size="compact-sm" onClick={back}>
            Stop
          </Button>
        </div>
      )}
      {step.at === 'found' && (
        <FoundModel
          found={step.found}
          endpoint={endpoint}
          suggestedName={step.suggestedName}
          onBack={back}
          onPublished={published}
        />
      )}
    </Modal>
  )
}

/** What a person calls the model: its file's name, or its folder's where that is always the same. */
function baseName(files: ChosenFile[]): string {
  const [{ path }] = files as [ChosenFile]
  const parts = path.split('/')
  if (parts.length > 1) return parts[0]!
  const name = parts[0]!.replace(/\.(tar\.gz|[^.]+)$/, '')
  return name === 'model' || name === 'saved_model' ? '' : name
}
