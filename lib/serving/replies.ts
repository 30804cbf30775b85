import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { PredictReply } from '../protocol/serving'
import { connectRedis } from '../redis'

export type Replies = {
  /** The Redis channel that workers publish to. */
  channel: string
  close(): Promise<void>
}

/**
 * The gateway's one subscription. Publishing is lossy: what was published while the connection was broken is gone,
 * so `onReconnect` must look at the stored replies of all jobs that are out.
 */
export function subscribeReplies(
  redisUrl: string,
  onReply: (reply: PredictReply) => void,
  onReconnect: () => void,
): Replies {
  const channel = `reply:${randomUUID()}`
  const redis: Redis = connectRedis(redisUrl)
  let connected = false
  redis.on('message', (_channel: string, message: string) => onReply(JSON.parse(message) as PredictReply))
  // ioredis subscribes again by itself before it says `ready`.
  redis.on('ready', () => {
    if (connected) onReconnect()
    connected = true
  })
  // A subscription that fails is one whose connection broke: it is made again with the next.
  redis.subscribe(channel).catch(() => {})
  return {
    channel,
    close: async () => {
      redis.disconnect()
    },
  }
}
