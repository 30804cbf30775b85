import { QueueEvents } from 'bullmq'
import { type CheckJob, type CheckReply, checkQueue } from '../protocol/serving'
import { openCheckQueue } from '../queues'
import { connectRedis } from '../redis'

/** How long a promotion waits for its self-test. */
const checkMs = 60_000

/** Asks the workers to run self-tests, over the queue `check`. Close it with the process. */
export type Checker = { check(job: CheckJob): Promise<CheckReply>; close(): Promise<void> }

/**
 * Waiting on a job's end is fit for this queue only: it is rare, and its results stay longer than anybody waits, so that
 * none can be removed before it is read. `timeoutMs` is for tests.
 */
export function createChecker(redisUrl: string, timeoutMs = checkMs): Checker {
  const sender = connectRedis(redisUrl)
  const listener = connectRedis(redisUrl)
  const queue = openCheckQueue(sender)
  const events = new QueueEvents(checkQueue, { connection: listener })
  events.on('error', () => {})
  return {
    async check(job) {
      await events.waitUntilReady()
      const added = await queue.add(checkQueue, job)
      try {
        return await added.waitUntilFinished(events, timeoutMs)
      } catch (cause) {
        if (!(await added.isWaiting().catch(() => false))) throw cause
        // Nobody would read its answer any more.
        await added.remove().catch(() => undefined)
        throw new Error(`no worker took the self-test within ${timeoutMs / 1000} s`, { cause })
      }
    },
    async close() {
      await events.close()
      await queue.close()
      sender.disconnect()
      listener.disconnect()
    },
  }
}
