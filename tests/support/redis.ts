import { inject } from 'vitest'
import { connectRedis } from '../../lib/redis'

/** Redis has 64; the first counts. */
const databases = 63

/** A database of the tests' Redis that no file beside this one uses, emptied: queues of two files must not meet. */
export async function ownRedis() {
  const server = inject('redisUrl')
  const counter = connectRedis(server)
  const given = await counter.incr('databases given')
  counter.disconnect()
  const url = `${server}/${1 + ((given - 1) % databases)}`
  const redis = connectRedis(url)
  await redis.flushdb()
  redis.disconnect()
  return url
}
