import { Button, Progress } from '@mantine/core'
import { useState } from 'react'
import type { TrainingDetails } from '../../../../lib/protocol/training'
import { Card } from '../../../_ui/page'
import classes from '../trainings.module.css'
import { remainingOf, tookOf } from '../words'

/** How far a training is, and the way to stop it. */
export function Going({ training, onCancel }: { training: TrainingDetails; onCancel?: () => Promise<void> }) {
  const [busy, setBusy] = useState(false)
  const { status, progress } = training
  const now = Date.now()
  const remaining = remainingOf(training, now)
  const said =
    status === 'queued' ? 'Waits for a trainer' : progress ? capital(progress.what) : 'Reads the data'
  return (
    <Card>
      <div className={classes.going} aria-live="polite">
        <div className={classes.goingHead}>
          <span>{said}</span>
          <span className={classes.quiet}>
            {status === 'running' && tookOf(training, now)}
            {remaining && `, about ${remaining} left`}
          </span>
        </div>
        <Progress
          value={progress ? (100 * progress.done) / progress.of : 0}
          animated={status === 'running'}
          aria-label={said}
        />
        {onCancel && (
          <div>
            <Button
              variant="default"
              size="compact-sm"
              loading={busy}
              onClick={async () => {
                setBusy(true)
                await onCancel()
                setBusy(false)
              }}
            >
              Cancel
            </Button>
          </div>
        )}
      </div>
    </Card>
  )
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
