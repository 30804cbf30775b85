import { hostname } from 'node:os'
import type { ProcessKind } from '../protocol/report'
import { connectRedis } from '../redis'
import { keepReporting } from './keep-reporting'
import type { Reporter } from './reporter'
import { keepReport } from './store'

/** Has a process that knows Redis say how it does, on a connection of its own; the returned function ends it. */
export function reportToRedis(redisUrl: string, kind: ProcessKind, report: Reporter): () => void {
  const redis = connectRedis(redisUrl, 'prompt')
  const stop = keepReporting(async () =>
    keepReport(redis, { ...(await report()), kind, machine: hostname() }),
  )
  return () => {
    stop()
    redis.disconnect()
  }
}
