import type { CheckJob, CheckReply } from '../protocol/serving'
import { openCheckQueue } from '../queues'
import { askWorkers } from './ask-workers'
import { createWarmer } from './warm-workers'

/** How long a promotion waits for its self-test. */
const checkMs = 60_000

/**
 * Has a worker run a version's self-test, over the queue `check`, and when it passed, all workers load the version: who asks
 * is about to let it answer. Close it with the process.
 */
export type Checker = { check(job: CheckJob): Promise<CheckReply>; close(): Promise<void> }

/** `timeoutMs` is for tests. */
export function createChecker(redisUrl: string, timeoutMs = checkMs): Checker {
  const { ask, close } = askWorkers(redisUrl, openCheckQueue, { what: 'self-test', timeoutMs })
  const warmer = createWarmer(redisUrl)
  return {
    async check(job) {
      const reply = await ask(job)
      if (reply.ok) await warmer.warm(job)
      return reply
    },
    close: async () => {
      await Promise.all([close(), warmer.close()])
    },
  }
}
