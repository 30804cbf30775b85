import { QueueEvents } from 'bullmq'
import { type CheckJob, type CheckReply, checkQueue } from '../protocol/serving'
import { openCheckQueue } from '../queues'
import { connectRedis } from '../redis'

/** How long a promotion waits for its self-test. */
const checkMs = 60_000

/** Asks the workers to run self-tests, over the queue `check`. Close it with the process. */
export type Checker = { check(job: CheckJob): Promise<CheckReply>; close(): Promise<void> }

/**
 * Waiting on a job's end is fit for this queue only: it is rare, and its results stay for an hour, so that none can be
 * removed before it is read. `timeoutMs` is for tests.
 */
export function createChecker(redisUrl: string, timeoutMs = checkMs): Checker {
  const connection = { url: redisUrl, maxRetriesPerRequest: null }
  const queue = new Queue<CheckJob, CheckReply>(checkQueue, { connection })
  const events = new QueueEvents(checkQueue, { connection })
  return {
    async check(job) {
      const kept = { age: 3600, count: 1000 }
      const added = await queue.add(checkQueue, job, { removeOnComplete: kept, removeOnFail: kept })
      await events.waitUntilReady()
      try {
        return await added.waitUntilFinished(events, timeoutMs)
      } catch (cause) {
        const waiting = await added.isWaiting().catch(() => false)
        if (!waiting) throw cause
        // Nobody would read its answer any more.
        await added.remove().catch(() => undefined)
        throw new Error(`no worker took the self-test within ${timeoutMs / 1000} s`, { cause })
      }
    },
    async close() {
      await events.close()
      await queue.close()
    },
  }
}
