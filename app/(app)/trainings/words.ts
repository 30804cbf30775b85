import type { TrainingSummary } from '../../../lib/protocol/training'
import { trainingTitle } from '../../../lib/training/title'
import type { Tone } from '../../_ui/status-dot'
import { formatMs } from '../../_ui/units'

export const tones: Record<TrainingSummary['status'], Tone> = {
  queued: 'quiet',
  running: 'busy',
  done: 'good',
  failed: 'bad',
  cancelled: 'warn',
}

/** `Random forest of species`, `K-means clusters`. */
export const titleOf = ({ algorithm, target }: Pick<TrainingSummary, 'algorithm' | 'target'>) =>
  trainingTitle({ algorithm, target })

/** How long it took, or takes until now; empty before it begins. */
export function tookOf({ started_at, ended_at }: TrainingSummary, now = Date.now()): string {
  if (!started_at) return ''
  return durationOf(Math.max(0, (ended_at ? Date.parse(ended_at) : now) - Date.parse(started_at)))
}

/** What remains by the rate until now; undefined while that says nothing. */
export function remainingOf({ progress, started_at }: TrainingSummary, now: number): string | undefined {
  if (!progress || !started_at || progress.done <= 0) return
  const gone = now - Date.parse(started_at)
  if (gone < 2000) return
  return durationOf((gone * (progress.of - progress.done)) / progress.done)
}

/** `0.8 s`, `3 min 12 s`, `2 h 5 min`. */
function durationOf(ms: number): string {
  if (ms < 60_000) return formatMs(ms)
  const seconds = Math.round(ms / 1000)
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
}
