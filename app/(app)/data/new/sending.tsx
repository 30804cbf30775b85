'use client'

import { Progress as Bar, Button, Group } from '@mantine/core'
import { Card } from '../../../_ui/page'
import { formatBytes } from '../../../_ui/units'
import classes from './new.module.css'
import type { Uploaded } from './new-dataset-view'
import { useUpload } from './use-upload'

type Props = { file: File; onSent: (upload: Uploaded) => void; onFailed: (why?: string) => void }

/** A file on its way, with its rate, and ways to pause and to give up. */
export function Sending({ file, onSent, onFailed }: Props) {
  const { progress, pause, resume, stop } = useUpload(file, {
    onSent: (id) => onSent({ id, name: file.name, bytes: file.size }),
    onFailed,
  })
  const { sent, total, perSecond, paused } = progress
  const left = perSecond > 0 ? (total - sent) / perSecond : undefined
  return (
    <Card>
      <p className={classes.fileName}>{file.name}</p>
      <Bar value={total > 0 ? (100 * sent) / total : 100} aria-label="Progress" my="sm" />
      <p className={classes.hint} aria-live="off">
        {formatBytes(sent)} of {formatBytes(total)}
        {paused ? ', paused' : perSecond > 0 && `, ${formatBytes(perSecond)}/s`}
        {!paused && left !== undefined && left > 1 && `, ${formatSeconds(left)} left`}
      </p>
      <Group mt="md" gap="xs">
        {paused ? (
          <Button size="compact-sm" onClick={resume}>
            Go on
          </Button>
        ) : (
          <Button size="compact-sm" variant="default" onClick={pause}>
            Pause
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          onClick={() => {
            void stop()
            onFailed()
          }}
        >
          Stop
        </Button>
      </Group>
    </Card>
  )
}

const formatSeconds = (seconds: number) =>
  seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`
