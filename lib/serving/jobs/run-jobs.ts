import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import type { JobKind } from '../../protocol/prediction-jobs'
import { createDispatcher } from '../dispatch'
import { createLog } from '../log'
import { createPace } from '../pace'
import { NoWorker } from './ask'
import { type ClaimedJob, claimJobs, leaseSeconds, releaseJobs, renewLeases } from './claim'
import { jobsChannel } from './create'
import { endJob } from './end'
import { JobFailed } from './job-failed'
import { NotOurs } from './not-ours'
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
/** How often it looks for jobs whose runner has died, or whose word was lost, milliseconds. */
const lookMs = 1000

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
  const running = new Map<string, { kind: JobKind; abort: AbortController; ended: Promise<void> }>()
  let closing = false
  let looking: Promise<void> | undefined
  let again = false

  /** Looks for jobs, one look at a time; a word that comes meanwhile is not lost. */
  function look() {
    if (closing) return
    again = looking !== undefined
    looking ??= takeAll().finally(() => {
      looking = undefined
      if (again) look()
    })
  }

  async function takeAll() {
    try {
      for (const kind of ['request', 'batch'] as const) {
        const busy = [...running.values()].filter((job) => job.kind === kind).length
        if (busy >= concurrency[kind] || closing) continue
        for (const job of await claimJobs(sql, runner, kind, concurrency[kind] - busy)) begin(job)
      }
    } catch (error) {
      warn('jobs cannot be looked for, and are in a second', error)
    }
  }

  function begin(job: ClaimedJob) {
    const abort = new AbortController()
    const ended = run(job, abort.signal)
      .catch((error) => warn(`job ${job.id} stopped, and is taken up again`, error))
      .finally(() => {
        running.delete(job.id)
        look()
      })
    running.set(job.id, { kind: job.kind, abort, ended })
  }

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

  async function renew() {
    // Those alone: what is claimed while the question is out is not in its answer.
    const ids = [...running.keys()]
    if (ids.length === 0) return
    try {
      const ours = await renewLeases(sql, runner, ids)
      for (const id of ids) if (!ours.has(id)) running.get(id)?.abort.abort(new NotOurs())
    } catch (error) {
      warn('the database cannot be reached', error)
    }
  }

  const heartbeat = setInterval(renew, (leaseSeconds * 1000) / 3)
  const looks = setInterval(look, lookMs)
  const listening = await sql.listen(
    jobsChannel,
    (word) => (word === 'cancelled' ? void renew() : look()),
    look,
  )
  return {
    /** Stops where it is; what it had begun is another's at once. */
    async close() {
      closing = true
      clearInterval(heartbeat)
      clearInterval(looks)
      await listening.unlisten().catch(() => {})
      await looking
      for (const { abort } of running.values()) abort.abort(new NotOurs())
      await Promise.all(Object.values(dispatchers).map((dispatcher) => dispatcher.close()))
      await Promise.all([...running.values()].map(({ ended }) => ended))
      await releaseJobs(sql, runner)
      await log.close()
    },
  }
}
