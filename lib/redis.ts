import { Redis, type RedisOptions } from 'ioredis'

/**
 * A connection to Redis. `url` is `redis://…` or the path of a Unix socket.
 * - `patient`: commands wait as long as Redis is away. For workers and subscribers; BullMQ demands it of workers.
 * - `prompt`: a command fails at once while Redis is away. For what a person's request waits for.
 * The caller listens to `error`, or takes the listener here, which is quiet: ioredis connects again by itself.
 */
export function connectRedis(url: string, mode: 'patient' | 'prompt' = 'patient'): Redis {
  const options: RedisOptions = {
    maxRetriesPerRequest: mode === 'patient' ? null : 1,
    enableOfflineQueue: mode === 'patient',
    retryStrategy: (attempt) => Math.min(50 * attempt, 1000),
    noDelay: true,
  }
  const redis = new Redis(url, options)
  // An 'error' without a listener ends the process, and a lost connection is an everyday event.
  redis.on('error', () => {})
  return redis
}

/** Resolves when the connection can be used; rejects after `ms`, or when it was closed. */
export function redisReady(redis: Redis, ms = 10_000): Promise<void> {
  if (redis.status === 'ready') return Promise.resolve()
  return new Promise((resolve, reject) => {
    const settle = (error?: Error) => {
      clearTimeout(timer)
      redis.off('ready', ready)
      redis.off('end', ended)
      if (error) reject(error)
      else resolve()
    }
    const ready = () => settle()
    const ended = () => settle(new Error('the connection to redis was closed'))
    const timer = setTimeout(() => settle(new Error(`redis did not answer within ${ms} ms`)), ms)
    redis.once('ready', ready)
    redis.once('end', ended)
  })
}
