import type { Sql } from 'postgres'
import type { BatchFormat, JobKind, JobState, JobSummary, RowFailure } from '../../protocol/prediction-jobs'

/** A job as it stands in the database, without its input. */
export type Job = {
  id: string
  workspaceId: string
  endpointId: string
  versionId: string
  version: string
  artifact: string
  /** Records in one call of the model, where its endpoint has a limit. */
  batchSize: number | null
  abTestId: string | null
  tokenId: string | null
  kind: JobKind
  state: JobState
  name: string | null
  format: BatchFormat | null
  bytes: number
  rowsTotal: number | null
  rowsDone: number
  rowsFailed: number
  failures: RowFailure[]
  resultBytes: number
  error: string | null
  createdAt: Date
  startedAt: Date | null
  endedAt: Date | null
  expiresAt: Date | null
}

/** The columns of a `Job`, of the table `prediction_jobs` as `j`. */
export const jobColumns = (sql: Sql) => sql`
  j.id, j.workspace_id as "workspaceId", j.endpoint_id as "endpointId", j.version_id as "versionId", j.version,
  j.artifact, (select l.batch_size from endpoint_limits l where l.endpoint_id = j.endpoint_id) as "batchSize",
  j.ab_test_id as "abTestId", j.token_id as "tokenId", j.kind, j.state, j.name, j.format,
  j.bytes::float8 as bytes, j.rows_total as "rowsTotal", j.rows_done as "rowsDone", j.rows_failed as "rowsFailed",
  j.failures, j.result_bytes::float8 as "resultBytes", j.error, j.created_at as "createdAt",
  j.started_at as "startedAt", j.ended_at as "endedAt", j.expires_at as "expiresAt"`

const text = (time: Date | null) => time?.toISOString() ?? null

/** What its caller may know of it. */
export const summaryOf = (job: Job): JobSummary => ({
  id: job.id,
  kind: job.kind,
  status: job.state,
  version: job.version,
  name: job.name,
  format: job.format,
  bytes: job.bytes,
  rows: { total: job.rowsTotal, done: job.rowsDone, failed: job.rowsFailed },
  failures: job.failures,
  error: job.error,
  created_at: job.createdAt.toISOString(),
  started_at: text(job.startedAt),
  ended_at: text(job.endedAt),
  expires_at: text(job.expiresAt),
})
