import type { Sql } from 'postgres'
import type { JobState } from '../../protocol/prediction-jobs'
import { webhooksChannel } from '../../webhooks/channel'
import { Refusal } from '../refusal'
import { jobsChannel } from './create'
import { findJob, type JobPlace } from './find'
import type { Job } from './job'
import { keptHours } from './limits'

type End = {
  state: Extract<JobState, 'done' | 'failed' | 'cancelled'>
  output?: string
  error?: string
  rowsDone?: number
  rowsFailed?: number
}

/**
 * Ends a job and, in the same statement, leaves the report to its receiver. `runner`: who works at it, and may say so
 * only while it is theirs. False when it had ended already, or is another's.
 */
export async function endJob(sql: Sql, id: string, end: End, runner?: string): Promise<boolean> {
  const { state, output = null, error = null, rowsDone = null, rowsFailed = null } = end
  const [ended] = await sql`
    with ended as (
      update prediction_jobs j set state = ${state}, output = ${output}, error = ${error?.replaceAll('\0', '') ?? null}, ended_at = now(),
        expires_at = now() + make_interval(hours => ${keptHours}), runner = null, lease_until = null,
        rows_done = coalesce(${rowsDone}, rows_done), rows_failed = coalesce(${rowsFailed}, rows_failed)
      where j.id = ${id} and j.state in ('queued', 'running')
        and ${runner === undefined ? sql`true` : sql`j.runner = ${runner}`}
      returning j.id, j.endpoint_id, j.callback_url
    ), reported as (
      insert into webhook_deliveries (endpoint_id, job_id, url)
      select ended.endpoint_id, ended.id, coalesce(ended.callback_url, w.url)
      from ended join endpoint_webhooks w on w.endpoint_id = ended.endpoint_id
      where coalesce(ended.callback_url, w.url) is not null
      returning pg_notify(${webhooksChannel}, '')
    )
    select id, (select count(*) from reported) from ended`
  return ended !== undefined
}

/** Cancels a job for its caller. Cancelling twice is no mistake. Throws `Refusal` 404, or 409 when it has ended otherwise. */
export async function cancelJob(sql: Sql, place: JobPlace): Promise<Job> {
  const job = await findJob(sql, place)
  if (job.state === 'cancelled') return job
  if (!(await endJob(sql, job.id, { state: 'cancelled' }))) {
    const now = await findJob(sql, place)
    if (now.state === 'cancelled') return now
    throw new Refusal(409, 'ended', `the job has ended and cannot be cancelled: ${now.state}`)
  }
  await sql.notify(jobsChannel, 'cancelled')
  return findJob(sql, place)
}
