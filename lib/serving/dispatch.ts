import type { Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import { type PredictItemReply, type PredictJob, type PredictReply, predictQueue } from '../protocol/serving'
import { openPredictQueue } from '../queues'
import { connectRedis, redisReady } from '../redis'
import type { Span, TraceContext, Tracing } from '../tracing/tracing'
import { createAdmission } from './admission'
import { type CoalesceLimits, createCoalescer } from './coalesce'
import { createDeadlines, type Deadlines } from './deadlines'
import type { Limits } from './limits'
import type { Pace } from './pace'
import { overloaded, queueFull, timedOut, unavailable } from './refusal'
import { subscribeReplies } from './replies'
import { readReply } from './reply-of-job'

/** What came of one request in a worker. */
export type Outcome = {
  reply: PredictItemReply
  /** Milliseconds waiting for company, on the way and in queues, and in the model. */
  batchWaitMs: number
  queueMs: number
  modelMs: number
  batchRequests: number
}

type Item = {
  requestId: string
  /** Its version's, in the coalescer. */
  lane: string
  records: unknown[]
  /** How many these are. */
  size: number
  bytes: number
  deadline: number
  deadlineMs: number
  limits?: Limits
  /** Records in one call of the model. */
  batchSize?: number
  /** From its admission until its job is in the queue. */
  span?: Span
  deadlines: Deadlines<Item>
  /** When it came, on the clock of `performance`. */
  since: number
  /** The job it left with. */
  jobId?: string
  resolve: (outcome: Outcome) => void
  reject: (error: Error) => void
}
type Job = {
  lane: string
  items: Map<string, Item>
  size: number
  records: number
  /** When it left, on the clock of `performance`. */
  sent: number
  /** Whether Redis has said that it has it. */
  added?: boolean
}
export type Target = {
  versionId: string
  artifact: string
  /** Of a request that somebody waits for. */
  limits?: Limits
  /** Of one that nobody does. */
  batchSize?: number | null
}

export type Dispatcher = {
  /**
   * Sends records to a worker. Rejects with `Refusal`: 429 when too many wait, 503 when the model would not come to it
   * before the deadline or Redis is away, 504 after the deadline.
   */
  predict(
    target: Target,
    request: { requestId: string; records: unknown[]; bytes: number; trace?: TraceContext },
  ): Promise<Outcome>
  /** How many requests have no answer yet. */
  open(): number
  close(): Promise<void>
}

export type DispatchOptions = Partial<CoalesceLimits> & {
  deadlineMs: number
  /** Of BullMQ: without one, a job goes before all that have one. */
  priority?: number
  /** How many records a job may hold, by how long the model took for the last ones. */
  pace?: Pace
  /** Where the spans of waiting requests go. */
  tracing?: Tracing
  /** Told of each job that leaves. */
  onBatch?: (versionId: string, requests: number) => void
}

/** How long a job waits for a connection before its requests get 503. */
const reconnectMs = 1000
/** Of the deadline: what is expected to wait longer is refused at once. The rest is for what was not expected. */
const usableShare = 0.5
/** A reading of stored replies may take so long, then the caller gets its 504. */
const storedMs = 500

const coalesceBy = new WeakMap<Limits, Partial<CoalesceLimits>>()

/** One job in each process of the model, and one on its way. The same object for the same limits, as they come with each request. */
function laneLimits(limits: Limits) {
  const known = coalesceBy.get(limits)
  if (known) return known
  const { maxRequests, maxRecords, maxWaiting, concurrency } = limits
  const made = { maxRequests, maxRecords, maxWaiting, maxJobs: concurrency + 1 }
  coalesceBy.set(limits, made)
  return made
}

/** Requests to BullMQ jobs, and the workers' replies back to the requests. */
export function createDispatcher(
  redisUrl: string,
  { deadlineMs, priority, pace, onBatch, tracing, ...limits }: DispatchOptions,
): Dispatcher {
  const redis: Redis = connectRedis(redisUrl, 'prompt')
  const queue: Queue<PredictJob, void> = openPredictQueue(redis)
  const jobs = new Map<string, Job>()
  /** All that have not been answered: waiting, or in a job. */
  const open = new Set<Item>()
  const admission = createAdmission()
  const replies = subscribeReplies(redisUrl, settle, () => {
    for (const jobId of jobs.keys()) lookUp(jobId)
  })
  const coalescer = createCoalescer<Item>(send, { ...limits, ...(pace && { maxRequests: pace.most }) })
  const gateway = replies.channel.slice('reply:'.length)
  let count = 0

  /** Of all requests that have so many milliseconds. */
  const deadlines = new Map<number, Deadlines<Item>>()
  function deadlinesOf(ms: number) {
    const known = deadlines.get(ms)
    if (known) return known
    const made = createDeadlines<Item>(ms, expire)
    deadlines.set(ms, made)
    return made
  }

  function send(lane: string, items: Item[]) {
    const { limits, batchSize } = items.at(-1)!
    const [versionId, artifact] = lane.split(' ') as [string, string]
    const jobId = `${gateway}-${++count}`
    const records = items.reduce((sum, { size }) => sum + size, 0)
    // Known before it is sent: the reply may come before the answer to `add`.
    const job: Job = {
      lane,
      items: new Map(items.map((item) => [item.requestId, item])),
      size: items.length,
      records,
      sent: performance.now(),
    }
    jobs.set(jobId, job)
    admission.sent(job)
    for (const item of items) item.jobId = jobId
    onBatch?.(versionId, items.length)
    const data: PredictJob = {
      versionId,
      artifact,
      items: items.map(({ requestId, records, deadline, span }) => ({
        requestId,
        records,
        deadline,
        ...(span?.context && { trace: span.context }),
      })) as PredictJob['items'],
      reply: replies.channel,
      batchSize,
      concurrency: limits?.concurrency,
    }
    const added = add(jobId, data)
    if (tracing) traceSending(jobId, items, added)
    added.catch(() => {
      for (const item of items) fail(item, unavailable('the queue'))
      end(jobId)
    })
  }

  /** A request's waiting is over once its job is in the queue. */
  function traceSending(jobId: string, items: Item[], added: Promise<void>) {
    const end = (failure?: string) => {
      for (const { span } of items) {
        span?.set({ 'messaging.message.id': jobId, 'messaging.batch.message_count': items.length })
        span?.end({ failure })
      }
    }
    added.then(
      () => end(),
      () => end('the queue could not be reached'),
    )
  }

  async function add(jobId: string, data: PredictJob) {
    // A restart of Redis takes less than this; nobody need notice.
    if (redis.status !== 'ready') await redisReady(redis, reconnectMs)
    await queue.add(predictQueue, data, { jobId, priority })
    const job = jobs.get(jobId)
    if (job) job.added = true
  }

  /** Answers the requests of a job. A second reply, after a worker was taken for dead, finds nothing. */
  function settle(reply: PredictReply) {
    const job = jobs.get(reply.jobId)
    if (!job) return
    const now = performance.now()
    const { modelMs } = reply
    admission.saw(job, reply)
    // Measured here alone: a worker's clock may be another machine's.
    const queueMs = Math.max(0, now - job.sent - modelMs)
    pace?.saw(job.lane, job.size, modelMs)
    for (const each of reply.items) {
      const item = job.items.get(each.requestId)
      if (!item) continue
      job.items.delete(each.requestId)
      item.deadlines.delete(item)
      open.delete(item)
      const batchWaitMs = job.sent - item.since
      item.resolve({ reply: each, batchWaitMs, queueMs, modelMs, batchRequests: job.size })
    }
    for (const item of job.items.values()) fail(item, unavailable('the reply to this request'))
    end(reply.jobId)
  }

  function end(jobId: string) {
    const job = jobs.get(jobId)
    if (!job) return
    jobs.delete(jobId)
    admission.ended(job)
    coalescer.finished(job.lane)
  }

  function fail(item: Item, error: Error) {
    item.deadlines.delete(item)
    open.delete(item)
    if (!item.jobId) item.span?.end({ failure: error.message })
    item.reject(error)
  }

  /** Settles a job by the reply that the worker left with it, if it did. One that Redis forgot is over at once. */
  async function lookUp(jobId: string) {
    const added = jobs.get(jobId)?.added
    const { known, reply } = await readReply(redis, queue.toKey(jobId)).catch(() => ({
      known: true,
      reply: undefined,
    }))
    if (reply) return settle(JSON.parse(reply) as PredictReply)
    if (known || !added) return
    for (const item of jobs.get(jobId)?.items.values() ?? []) fail(item, unavailable('the queue'))
    end(jobId)
  }

  async function expire(item: Item) {
    const { jobId } = item
    if (coalescer.remove(item.lane, item) || !jobId) return fail(item, timedOut(item.deadlineMs))
    await Promise.race([lookUp(jobId), new Promise((done) => setTimeout(done, storedMs))])
    const job = jobs.get(jobId)
    job?.items.delete(item.requestId)
    // After a settled look-up this changes nothing: a promise keeps its first answer.
    fail(item, timedOut(item.deadlineMs))
    if (job?.items.size === 0) {
      admission.saw(job, { modelMs: 0 })
      end(jobId)
      // Nobody waits for it any more; a worker that has begun it keeps it, and its reply is dropped.
      queue.remove(jobId).catch(() => {})
    }
  }

  return {
    predict: ({ versionId, artifact, limits, batchSize }, { requestId, records, bytes, trace }) =>
      new Promise((resolve, reject) => {
        const name = `${versionId} ${artifact}`
        const size = records.length
        const ms = limits?.deadlineMs ?? deadlineMs
        if (limits) {
          const wait = admission.expect(name, size, limits, coalescer.standing(name))
          if (wait > usableShare * ms) return reject(overloaded(wait, usableShare * ms))
        }
        const deadline = Date.now() + ms
        const since = performance.now()
        const item: Item = {
          requestId,
          lane: name,
          records,
          size,
          bytes,
          deadline,
          deadlineMs: ms,
          limits,
          batchSize: limits?.maxRecords ?? batchSize ?? undefined,
          deadlines: deadlinesOf(ms),
          since,
          // Without a parent there is nothing to belong to: the trace is not sampled.
          ...(trace && {
            span: tracing?.start('predict send', {
              kind: 'producer',
              parent: trace,
              attributes: { 'messaging.system': 'bullmq', 'messaging.destination.name': predictQueue },
            }),
          }),
          resolve,
          reject,
        }
        open.add(item)
        item.deadlines.add(item)
        if (!coalescer.add(name, item, limits && laneLimits(limits))) fail(item, queueFull())
      }),
    open: () => open.size,
    close: async () => {
      for (const item of open) fail(item, unavailable('the server, which is ending,'))
      jobs.clear()
      await replies.close()
      await queue.close().catch(() => {})
      redis.disconnect()
    },
  }
}
