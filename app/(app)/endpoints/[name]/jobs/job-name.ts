import type { JobSummary } from '../../../../../lib/protocol/prediction-jobs'
import type { Tone } from '../../../../_ui/status-dot'

/** The file's name, or what kind of job it is. */
export const nameOf = ({ name, kind }: JobSummary) => name ?? (kind === 'batch' ? 'A file' : 'A request')

export const tones: Record<JobSummary['status'], Tone> = {
  queued: 'quiet',
  running: 'busy',
  done: 'good',
  failed: 'bad',
  cancelled: 'warn',
}
