import type { Redis } from 'ioredis'

/** A field of the job's own hash: it goes with the job. */
const field = 'reply'

const give = `
if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HSET', KEYS[1], '${field}', ARGV[2]) end
return redis.call('PUBLISH', ARGV[1], ARGV[2])`

type Giving = Redis & { giveReply(jobKey: string, channel: string, reply: string): Promise<number> }

/**
 * How a worker gives a job's reply, in one command: it is stored with the job, for a gateway that misses it, and published.
 * BullMQ's return value would go to Redis a second time, and from there into the job and into the queue's events.
 */
export function replyGiver(redis: Redis) {
  redis.defineCommand('giveReply', { numberOfKeys: 1, lua: give })
  return (jobKey: string, channel: string, reply: string): Promise<number> =>
    (redis as Giving).giveReply(jobKey, channel, reply)
}

/** Whether Redis knows the job, and the reply that was given to it, as JSON. */
export async function readReply(redis: Redis, jobKey: string): Promise<{ known: boolean; reply?: string }> {
  const [timestamp, reply] = await redis.hmget(jobKey, 'timestamp', field)
  return { known: timestamp != null, ...(reply != null && { reply }) }
}
