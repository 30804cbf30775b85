import type { Redis } from 'ioredis'
import { type WarmRequest, warmChannel } from '../../lib/protocol/warm'
import type { Pool } from './pool'

/** Loads the versions that web tells all workers of, and says so of each. `redis` is for this subscription alone. */
export async function warmOnRequest(redis: Redis, sender: Redis, pool: Pick<Pool, 'use'>) {
  redis.on('message', async (_channel: string, message: string) => {
    const { id, versionId, artifact, reply } = JSON.parse(message) as WarmRequest
    // A worker that cannot load it says so at its first request.
    await pool.use({ versionId, artifact }, async () => {}).catch(() => {})
    await sender.publish(reply, id).catch(() => {})
  })
  await redis.subscribe(warmChannel(redis))
}
