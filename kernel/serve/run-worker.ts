import { Worker } from 'bullmq'
import { Registry } from 'prom-client'
import type { ArtifactStore } from '../../lib/artifacts'
import { claimInOneTrip } from '../../lib/claim-in-one-trip'
import { createWorkerMetrics } from '../../lib/metrics/worker'
import { type ImportJob, type ImportReply, importQueue } from '../../lib/protocol/imported-model'
import {
  type CheckJob,
  type CheckReply,
  checkQueue,
  type PredictJob,
  type PredictReply,
  predictQueue,
} from '../../lib/protocol/serving'
import { type StudyJob, type StudyReply, studyQueue } from '../../lib/protocol/study'
import { workerTimes } from '../../lib/queues'
import { connectRedis, redisReady } from '../../lib/redis'
import { replyGiver } from '../../lib/serving/reply-of-job'
import type { Tracing } from '../../lib/tracing/tracing'
import { runBatch } from './batch'
import { runCheck } from './check'
import { convertKeras } from './convert/convert'
import { findPython } from './convert/find-python'
import { runImport } from './import'
import { exportInChild, importInChild, type ModelPlace, startModelChild } from './model-child'
import { createPool, type Model, type PoolOptions } from './pool'
import { runStudy } from './study'
import { traceBatch } from './trace-batch'
import { warmOnRequest } from './warm-on-request'
import { warmUp } from './warm-up'

export type WorkerOptions = {
  redisUrl: string
  artifacts: Pick<ArtifactStore, 'get' | 'put'>
  /** Files that people uploaded. */
  uploads: Pick<ArtifactStore, 'get' | 'put'>
  place: ModelPlace
  /** Records to run a version with, once it is loaded. */
  recorded?: (versionId: string) => Promise<unknown[]>
  pool?: Omit<PoolOptions, 'start'>
  /** What it counts goes there. */
  registry?: Registry
  /** Where the spans of batches go. */
  tracing?: Tracing
  warn: (message: string, error?: unknown) => void
}

/** Batches of different versions at once; those of one version take turns in its child. */
const predictConcurrency = 16
/** One may take minutes in Python; what somebody waits for goes past it. */
const studyConcurrency = 2
/** Self-tests each start a process. */
const checkConcurrency = 2

/** A reply as JSON; predictions that JSON cannot hold, such as a bigint, become the error of their request. */
function asJson(reply: PredictReply): string {
  try {
    return JSON.stringify(reply)
  } catch {
    const items = reply.items.map((item) => {
      try {
        JSON.stringify(item)
        return item
      } catch (error) {
        const message = `the predictions are not JSON: ${error instanceof Error ? error.message : error}`
        return { requestId: item.requestId, error: { code: 'model' as const, message } }
      }
    })
    return JSON.stringify({ ...reply, items })
  }
}

/** Each of Python's processes holds gigabytes. */
function oneAtATime() {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(act: () => Promise<T>): Promise<T> => {
    const next = last.then(act)
    last = next.catch(() => {})
    return next
  }
}

/** How long a load waits for the records of its warm-up, milliseconds: it does without them, too. */
const recordedMs = 1000

const withinTime = (records: Promise<unknown[]>): Promise<unknown[]> =>
  Promise.race([
    records.catch(() => []),
    new Promise<unknown[]>((resolve) => setTimeout(resolve, recordedMs, []).unref()),
  ])

/** Takes jobs from both queues until it is closed. Resolves when it is ready for the first. */
export async function runWorker({
  redisUrl,
  artifacts,
  uploads,
  place,
  recorded = async () => [],
  pool: limits,
  registry = new Registry(),
  tracing,
  warn,
}: WorkerOptions) {
  const redis = connectRedis(redisUrl)
  await redisReady(redis)
  const load = async (artifact: string) => startModelChild(place, await artifacts.get(artifact))
  const start = ({ versionId, artifact }: Model) =>
    metrics.loading(async () => {
      const [child, records] = await Promise.all([load(artifact), withinTime(recorded(versionId))])
      await warmUp(child, records)
      // One of the records may have ended it; then it answers without having been warmed up.
      return child.dead() ? load(artifact) : child
    })
  const inTurn = oneAtATime()
  const pool = createPool({ start, ...limits })
  const models = () => pool.loaded().map((child) => ({ memory: child.memory() }))
  const metrics = createWorkerMetrics(registry, models)

  const giveReply = replyGiver(redis)
  const predict = new Worker<PredictJob, void>(
    predictQueue,
    async ({ id = '', data }) => {
      const run = () => metrics.batch(() => runBatch(pool, id, data))
      const reply = asJson(await (tracing ? traceBatch(tracing, id, data, run) : run()))
      // Redis has sent it on when it answers. The job's end, sent at once, would be worked at before: Redis writes to others
      // when it has done all that came together.
      await giveReply(predict.toKey(id), data.reply, reply).catch(() => {})
    },
    {
      connection: redis,
      concurrency: predictConcurrency,
      ...workerTimes,
      drainDelay: 1,
      runRetryDelay: 1000,
    },
    claimInOneTrip,
  )
  const check = new Worker<CheckJob, CheckReply>(
    checkQueue,
    ({ data }) => runCheck(start, data, pool.adopt),
    {
      connection: redis,
      concurrency: checkConcurrency,
      ...workerTimes,
    },
  )
  const imports = new Worker<ImportJob, ImportReply>(
    importQueue,
    ({ data }) =>
      runImport({ uploads, artifacts, start: (files, job) => importInChild(place, files, job) }, data),
    // One at a time: each may take as much memory as a model child is allowed.
    { connection: redis, concurrency: 1, ...workerTimes },
  )
  const studies = new Worker<StudyJob, StudyReply>(
    studyQueue,
    (job) =>
      runStudy(
        {
          artifacts,
          uploads,
          start: async (artifact, from) =>
            startModelChild(place, await (from === 'uploads' ? uploads : artifacts).get(artifact)),
          exportModel: (artifact, format) => exportInChild(place, artifact, format),
          convert: (keras, format, onStage) => inTurn(() => convertKeras(place, keras, format, onStage)),
          converters: async () => (await findPython())?.converters ?? null,
        },
        job.data,
        // Who waits for it shows it; nobody needs it.
        (stage) => void job.updateProgress(stage).catch(() => {}),
      ),
    { connection: redis, concurrency: studyConcurrency, ...workerTimes },
  )
  const workers = [predict, check, imports, studies]
  // Each attempt to connect fails anew; that it is away is told once.
  let away = false
  redis.on('ready', () => {
    away = false
  })
  for (const worker of workers) {
    worker.on('error', (error) => {
      if (!away) warn('the queue cannot be reached', error)
      away = true
    })
    worker.on('failed', (job, error) => warn(`job ${job?.id} failed`, error))
  }
  const warmer = connectRedis(redisUrl)
  await warmOnRequest(warmer, redis, pool)
  await Promise.all(workers.map((worker) => worker.waitUntilReady()))
  return {
    /** The models that are loaded. */
    models,
    /** Finishes what it has begun, takes no more, ends the model children. */
    async close() {
      warmer.disconnect()
      await Promise.all(workers.map((worker) => worker.close()))
      await pool.close()
      redis.disconnect()
    },
  }
}
