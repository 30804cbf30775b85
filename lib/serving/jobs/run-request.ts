import type { Sql } from 'postgres'
import type { Dispatcher } from '../dispatch'
import { kept } from '../kept'
import type { PredictionLog } from '../log'
import { ask } from './ask'
import type { ClaimedJob } from './claim'
import { endJob } from './end'
import { unlessAborted } from './unless-aborted'

type Tools = { sql: Sql; dispatcher: Dispatcher; log: PredictionLog; runner: string }

/** Runs a request whose caller does not wait. */
export async function runRequest(
  { sql, dispatcher, log, runner }: Tools,
  job: ClaimedJob,
  signal: AbortSignal,
) {
  const records = JSON.parse(job.input!) as unknown[]
  const began = performance.now()
  const request = { requestId: job.id, records, bytes: job.bytes }
  const outcome = await unlessAborted(ask(dispatcher, job, request, signal), signal)
  const { reply, modelMs, batchWaitMs, queueMs, batchRequests } = outcome
  const answered = 'predictions' in reply
  const output = answered ? JSON.stringify(reply.predictions) : undefined
  const error = answered ? undefined : reply.error.message
  const end = answered
    ? ({ state: 'done', output, rowsDone: records.length } as const)
    : ({ state: 'failed', error, rowsDone: records.length, rowsFailed: records.length } as const)
  // One that was cancelled, or is another's by now, leaves no row: it answered nobody.
  if (!(await endJob(sql, job.id, end, runner))) return
  const [settings] = await sql<{ share: number }[]>`
    select sample_share as share from log_settings where endpoint_id = ${job.endpointId}`
  const status = answered ? 200 : reply.error.code === 'bad_record' ? 400 : 500
  const answer = {
    requestId: job.id,
    status,
    abTestId: job.abTestId,
    input: job.input,
    output: output ?? null,
  }
  log.add({
    requestId: job.id,
    workspaceId: job.workspaceId,
    endpointId: job.endpointId,
    versionId: job.versionId,
    version: job.version,
    tokenId: job.tokenId,
    status,
    records: records.length,
    latencyMs: performance.now() - began,
    batchWaitMs,
    queueMs,
    modelMs,
    batchRequests,
    ...kept(answer, settings?.share ?? 1),
    error: error ?? null,
    abTestId: job.abTestId,
    at: new Date(),
  })
}
