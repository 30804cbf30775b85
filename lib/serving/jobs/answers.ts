import { hasEnded } from '../../protocol/prediction-jobs'
import type { Text } from '../forms/form'
import { type Job, summaryOf } from './job'

/** How long to wait before asking again, seconds. */
const retryAfter = '1'

/** `202`: where the job is asked for. One that was known by its idempotency key is given as it stands. */
export function accepted(
  requestId: string,
  endpoint: string,
  { job, existed }: { job: Job; existed: boolean },
): Text {
  return {
    status: 202,
    body: JSON.stringify({ request_id: requestId, job: summaryOf(job) }),
    headers: {
      location: `/api/v1/${endpoint}/jobs/${job.id}`,
      'retry-after': retryAfter,
      'preference-applied': 'respond-async',
      ...(existed && { 'idempotent-replayed': 'true' }),
    },
  }
}

/** How a job stands, and its predictions once it is done. */
export function standing(requestId: string, job: Job & { output?: string | null }): Text {
  const { output } = job
  const head = JSON.stringify({ request_id: requestId, job: summaryOf(job) })
  return {
    body: output ? `${head.slice(0, -1)},"predictions":${output}}` : head,
    headers: hasEnded(job.state) ? undefined : { 'retry-after': retryAfter },
  }
}
