import { type JobsOptions, Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import { type DataJob, type DataReply, dataQueue } from './datasets/questions'
import { type ImportJob, type ImportReply, importQueue } from './protocol/imported-model'
import { type CheckJob, type CheckReply, checkQueue, type PredictJob, predictQueue } from './protocol/serving'
import { type StudyJob, type StudyReply, studyQueue } from './protocol/study'

/**
 * How a dead worker's jobs come back: its lock ends after `lockDuration`, another worker looks every `stalledInterval`.
 * BullMQ's own 30 s and 30 s left a caller waiting for a minute; these give 2.5 s at most: half of
 * what a caller is promised, as a busy machine needs the other half. `maxStalledCount`: several workers
 * may be killed one after the other, and a job whose last item has expired costs nothing.
 */
export const workerTimes = { lockDuration: 2000, stalledInterval: 500, maxStalledCount: 5 } as const

/** Finished jobs stay long enough for a gateway that lost the reply to read the stored one. */
export const jobOptions: JobsOptions = {
  attempts: 1,
  removeOnComplete: { age: 60, count: 1000 },
  removeOnFail: { age: 60, count: 1000 },
}

const events = { streams: { events: { maxLen: 1000 } } }

/** Batches of prediction requests. One job name, so it carries nothing. */
export const openPredictQueue = (connection: Redis) =>
  quiet(
    new Queue<PredictJob, void>(predictQueue, {
      connection,
      defaultJobOptions: jobOptions,
      ...events,
    }),
  )

/** Self-tests of new versions. */
export const openCheckQueue = (connection: Redis) =>
  quiet(new Queue<CheckJob, CheckReply>(checkQueue, { connection, defaultJobOptions: jobOptions, ...events }))

/** Files that may hold a model. */
export const openImportQueue = (connection: Redis) =>
  quiet(
    new Queue<ImportJob, ImportReply>(importQueue, { connection, defaultJobOptions: jobOptions, ...events }),
  )

/** All queues, to look at. */
export const openQueues = (connection: Redis): Queue[] => [
  openPredictQueue(connection),
  openCheckQueue(connection),
  openImportQueue(connection),
  openStudyQueue(connection),
  openDataQueue(connection),
]

/** What web wants to know of artifacts. */
export const openStudyQueue = (connection: Redis) =>
  quiet(new Queue<StudyJob, StudyReply>(studyQueue, { connection, defaultJobOptions: jobOptions, ...events }))

/** Questions about data sets. Answers hold whole pages of rows, so they go as soon as they must have been read. */
export const openDataQueue = (connection: Redis) =>
  quiet(
    new Queue<DataJob, DataReply>(dataQueue, {
      connection,
      defaultJobOptions: { ...jobOptions, removeOnComplete: { age: 30, count: 100 } },
      ...events,
    }),
  )

/** Errors of the connection come to whoever awaits a command; the event beside it must not end the process. */
function quiet<Data, Reply>(queue: Queue<Data, Reply>) {
  queue.on('error', () => {})
  return queue
}
