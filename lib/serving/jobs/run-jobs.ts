import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import { NotOurs } from '../../leases/not-ours'
import { runLeased } from '../../leases/run-leased'
import type { JobKind } from '../../protocol/prediction-jobs'
import { createDispatcher } from '../dispatch'
import { createLog } from '../log'
import { createPace } from '../pace'
import { NoWorker } from './ask'
import { type ClaimedJob, claimJobs, leaseSeconds, releaseJobs, renewLeases } from './claim'
import { jobsChannel } from './create'
import { endJob } from './end'
import { JobFailed } from './job-failed'
import { runBatch } from './run-batch'
import { runRequest } from './run-request'

export type JobRunnerOptions = {
  sql: Sql
  redisUrl: string
  /** Where batches' files are. */
  folder: string
  warn: (message: string, error?: unknown) => void
}

/** Jobs at once in one process. */
const concurrency: Record<JobKind, number> = { request: 256, batch: 2 }
/** How long a worker may take for one call before it is asked again, milliseconds. */
const deadlineMs = 60_000
/** Of BullMQ; requests that somebody waits for have none, and go first. */
const priorities: Record<JobKind, number> = { request: 1, batch: 2 }
/** A batch's call of a model takes about so long, milliseconds: a request that comes meanwhile waits for at most two. */
const batchCallMs = 8
/** Works at jobs until it is closed: what a job has come to is in the database, so that another can always go on. */
export async function runJobs({ sql, redisUrl, folder, warn }: JobRunnerOptions) {
  const runner = randomUUID()
  const dispatchers = {
    request: createDispatcher(redisUrl, { deadlineMs, priority: priorities.request, maxWaiting: Infinity }),
    batch: createDispatcher(redisUrl, {
      deadlineMs,
      priority: priorities.batch,
      maxWaiting: Infinity,
      maxWaitingBytes: Infinity,
      pace: createPace({ targetMs: batchCallMs, maxRecords: 512 }),
    }),
  }
  const log = createLog(sql, warn)
  async function run(job: ClaimedJob, signal: AbortSignal) {
    try {
      const tools = { sql, dispatcher: dispatchers[job.kind], log, runner, folder }
      await (job.kind === 'request' ? runRequest : runBatch)(tools, job, signal)
    } catch (error) {
      if (signal.aborted || error instanceof NotOurs) return
      if (error instanceof JobFailed || error instanceof NoWorker)
        return void (await endJob(sql, job.id, { state: 'failed', error: error.message }, runner))
      throw error
    }
  }

  const leased = await runLeased<JobKind, ClaimedJob>({
    sql,
    channel: jobsChannel,
    leaseSeconds,
    concurrency,
    words: { one: 'job', stopped: 'taken up again' },
    claim: (kind, count) => claimJobs(sql, runner, kind, count),
    run,
    renew: (ids) => renewLeases(sql, runner, ids),
    release: () => releaseJobs(sql, runner),
    warn,
  })
  return {
    async close() {
      await leased.close(() =>
        Promise.all(Object.values(dispatchers).map((dispatcher) => dispatcher.close())),
      )
      await log.close()
    },
  }
}
