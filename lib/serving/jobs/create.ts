import type { Sql } from 'postgres'
import type { BatchFormat, JobKind } from '../../protocol/prediction-jobs'
import type { Caller } from '../options'
import { Refusal } from '../refusal'
import type { Serving } from '../versions'
import { type Job, jobColumns } from './job'
import { maxKeptBytes, maxOpen } from './limits'

export type NewJob = {
  id: string
  kind: JobKind
  caller: Caller
  serving: Serving
  abTestId: string | null
  /** SHA-256 in hex of all that was asked. */
  fingerprint: string
  idempotencyKey?: string
  callbackUrl?: string
  bytes: number
  rowsTotal?: number
  /** Of a request: records as JSON. */
  input?: string
  /** Of a batch. */
  name?: string
  format?: BatchFormat
}

/** PostgreSQL's channel on which a new or cancelled job is told to whoever runs jobs. */
export const jobsChannel = 'prediction_jobs'

/**
 * Commits a job. `existed`: the same was asked before with this idempotency key, and that job is given back. Throws
 * `Refusal` 422 where the key was used for something else, 429 where too many jobs are open.
 */
export async function createJob(sql: Sql, given: NewJob): Promise<{ job: Job; existed: boolean }> {
  const { id, kind, caller, serving, idempotencyKey } = given
  const known = await findByKey(sql, given)
  if (known) return { job: known, existed: true }
  await checkRoom(sql, given)
  if (given.callbackUrl !== undefined) await checkSigned(sql, serving.endpointId)
  const [job] = await sql.begin(async (tx) => {
    const rows = await tx<Job[]>`
      insert into prediction_jobs as j
        (id, workspace_id, endpoint_id, version_id, version, artifact, ab_test_id, token_id, user_id, kind, input, name,
          format, bytes, rows_total, callback_url, idempotency_key, fingerprint)
      values (${id}, ${caller.workspaceId}, ${serving.endpointId}, ${serving.versionId}, ${serving.version},
        ${serving.artifact}, ${given.abTestId}, ${caller.tokenId ?? null}, ${caller.userId ?? null}, ${kind},
        ${given.input ?? null}, ${given.name ?? null}, ${given.format ?? null}, ${given.bytes},
        ${given.rowsTotal ?? null}, ${given.callbackUrl ?? null}, ${idempotencyKey ?? null}, ${given.fingerprint})
      on conflict (endpoint_id, idempotency_key) where idempotency_key is not null do nothing
      returning ${jobColumns(sql)}`
    await tx`select pg_notify(${jobsChannel}, ${kind})`
    return rows
  })
  if (job) return { job, existed: false }
  // Another request with the same key was a moment faster.
  const other = await findByKey(sql, given)
  if (!other) throw new Refusal(409, 'conflict', 'the same request is being taken right now; ask again')
  return { job: other, existed: true }
}

async function findByKey(sql: Sql, { serving, idempotencyKey, fingerprint }: NewJob) {
  if (idempotencyKey === undefined) return
  const [row] = await sql<(Job & { fingerprint: string })[]>`
    select ${jobColumns(sql)}, j.fingerprint from prediction_jobs j
    where j.endpoint_id = ${serving.endpointId} and j.idempotency_key = ${idempotencyKey}`
  if (!row) return
  if (row.fingerprint !== fingerprint)
    throw new Refusal(
      422,
      'idempotency_key_reused',
      `this Idempotency-Key was used for another request; send a new one: ${idempotencyKey}`,
    )
  return row
}

async function checkRoom(sql: Sql, { kind, caller, bytes }: NewJob) {
  const [room] = await sql<{ open: number; kept: number }[]>`
    select
      (select count(*)::int from prediction_jobs
        where workspace_id = ${caller.workspaceId} and kind = ${kind} and state in ('queued', 'running')) as open,
      (select coalesce(sum(bytes + result_bytes), 0)::float8 from prediction_jobs
        where ${kind === 'batch'} and workspace_id = ${caller.workspaceId} and kind = 'batch') as kept`
  if (room!.open >= maxOpen[kind])
    throw new Refusal(
      429,
      'too_many_jobs',
      `${room!.open} jobs of this workspace are not done yet; wait for one, or cancel one`,
      undefined,
      { 'retry-after': '10' },
    )
  if (room!.kept + bytes > maxKeptBytes)
    throw new Refusal(
      429,
      'storage_full',
      `this workspace's batches hold ${room!.kept} bytes, and may hold ${maxKeptBytes}; remove old ones`,
    )
}

async function checkSigned(sql: Sql, endpointId: string) {
  const [key] = await sql`select 1 from endpoint_webhooks where endpoint_id = ${endpointId}`
  if (!key)
    throw new Refusal(
      409,
      'no_webhook_key',
      'reports are signed with a key that the receiver knows; make it in the settings of the endpoint first',
    )
}
