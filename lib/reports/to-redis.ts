import { hostname } from 'node:os'
import type { Registry } from 'prom-client'
import { snapshot } from '../metrics/snapshot'
import type { ProcessKind } from '../protocol/report'
import { connectRedis } from '../redis'
import { keepReporting } from './keep-reporting'
import { keepReport } from './store'

/** Has a process that knows Redis say how it does, on a connection of its own; the returned function ends it. */
export function reportToRedis(redisUrl: string, kind: ProcessKind, registry: Registry): () => void {
  const redis = connectRedis(redisUrl, 'prompt')
  const stop = keepReporting(async () =>
    keepReport(redis, {
      kind,
      machine: hostname(),
      pid: process.pid,
      at: Date.now(),
      metrics: await snapshot(registry),
    }),
  )
  return () => {
    stop()
    redis.disconnect()
  }
}
