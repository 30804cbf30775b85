import { type BackendFactory, createRedisBackend, RedisQueueBackend } from 'bullmq'

/** The member of the marker is BullMQ's own: `0` says that a job waits, others say when a delayed one is due. */
const removeMarkerWhereNoJobWaits = `
if redis.call('LLEN', KEYS[1]) == 0 and redis.call('ZCARD', KEYS[2]) == 0 then
  redis.call('ZREM', KEYS[3], '0')
end`

/**
 * BullMQ's Redis backend for a worker whose jobs somebody waits for: an idle worker has a job one round trip earlier, and
 * begins with it another one earlier.
 *
 * BullMQ waits for a marker, then claims a job, then looks for a second before it begins with the first. Here the claim is
 * sent behind the waiting on the same connection, so Redis runs both in one go once a job comes, and its two answers are one
 * packet; the look for a second is left to the next waiting, which finds the marker where there is one. BullMQ's claim leaves
 * a marker whether or not another job waits; where none does it is taken away, or the next waiting would end for nothing and
 * every job would cost two claims. Locks, stalled jobs and retries are BullMQ's: a claim whose answer is lost has a lock that
 * nobody extends.
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
  const waiting = blockingConnection
  let looked = false
  let waitSeconds: number | undefined
  let knows: unknown

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

  async function removeMarker() {
    const client = await waiting.client
    if (client !== knows)
      client.defineCommand('removeMarker', { numberOfKeys: 3, lua: removeMarkerWhereNoJobWaits })
    knows = client
    const { wait, prioritized, marker } = backend.keys
    await client.runCommand('removeMarker', [wait, prioritized, marker])
  }

  async function waitAndClaim(seconds: number, token: string, workerName?: string) {
    const waited = wait(seconds)
    // It fails with the connection; what to do then is decided below.
    waited.catch(() => {})
    const claimed = await behind.moveToActive(token, workerName)
    await waited
    const [job] = claimed
    if (job) {
      job.processedOn = Date.now()
      // Before the next waiting, as on its connection. A marker that stays costs a look.
      removeMarker().catch(() => {})
    }
    return claimed
  }
  return backend
}
