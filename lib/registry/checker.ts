import type { CheckJob, CheckReply } from '../protocol/serving'
import { openCheckQueue } from '../queues'
import { askWorkers } from './ask-workers'

/** How long a promotion waits for its self-test. */
const checkMs = 60_000

/** Asks the workers to run self-tests, over the queue `check`. Close it with the process. */
export type Checker = { check(job: CheckJob): Promise<CheckReply>; close(): Promise<void> }

/** `timeoutMs` is for tests. */
export function createChecker(redisUrl: string, timeoutMs = checkMs): Checker {
  const { ask, close } = askWorkers(redisUrl, openCheckQueue, { what: 'self-test', timeoutMs })
  return { check: ask, close }
}
