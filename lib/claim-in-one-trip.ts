import { type BackendFactory, createRedisBackend, RedisQueueBackend } from 'bullmq'

/**
 * BullMQ's Redis backend for a worker whose jobs somebody waits for: an idle worker has a job one round trip earlier, and
 * begins with it another one earlier.
 *
 * BullMQ waits for a marker, then claims a job, then looks for a second before it begins with the first. Here the claim is
 * sent behind the waiting on the same connection, so Redis runs both in one go once a job comes, and its two answers are one
 * packet; the look for a second is left to the next waiting, which finds the marker where there is one. Locks, stalled jobs
 * and retries are BullMQ's: a claim whose answer is lost has a lock that nobody extends.
 *
 * A claim carries the time of its sending, so in Redis a job may seem to have begun before it came, by as much as
 * `drainDelay`.
 */
export const claimInOneTrip: BackendFactory<RedisQueueBackend> = (name, opts, options) => {
  const backend = createRedisBackend(name, opts, options)
  const { blockingConnection } = backend
  if (!blockingConnection) return backend
  const toKey = (type: string) => backend.toKey(type)
  /** The same queue, with its commands on the connection that waits. */
  const behind = new RedisQueueBackend(blockingConnection, name, backend.keys, toKey, opts, undefined, false)
  const wait = backend.waitForJob.bind(backend)
  const claim = backend.moveToActive.bind(backend)
  let looked = false
  let waitSeconds: number | undefined

  // The worker always claims after it has waited, and only then says with which token.
  backend.waitForJob = async (seconds) => {
    waitSeconds = seconds
    return null
  }
  backend.moveToActive = async (token, workerName) => {
    if (waitSeconds !== undefined) {
      const seconds = waitSeconds
      waitSeconds = undefined
      return waitAndClaim(seconds, token, workerName)
    }
    // The first look of a worker finds jobs whose marker was lost with another.
    if (looked) return []
    looked = true
    return claim(token, workerName)
  }

  async function waitAndClaim(seconds: number, token: string, workerName?: string) {
    const waited = wait(seconds)
    // It fails with the connection; what to do then is decided below.
    waited.catch(() => {})
    const claimed = await behind.moveToActive(token, workerName)
    await waited
    const [job] = claimed
    if (job) job.processedOn = Date.now()
    return claimed
  }
  return backend
}
