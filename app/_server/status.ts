import { listMachines } from '../../lib/machines/list'
import { openQueues } from '../../lib/queues'
import { connectRedis } from '../../lib/redis'
import { readReports } from '../../lib/reports/store'
import { pointMs, recordHistory } from '../../lib/status/history'
import { provideStatus } from '../../lib/status/provide'
import { readStatus } from '../../lib/status/read'
import { keepAtWork } from './periodic'

/** Answers what the status page reads, and keeps its last hour. */
export function createStatus(redisUrl: string): { close(): void } {
  const redis = connectRedis(redisUrl, 'prompt')
  const queues = openQueues(redis)
  provideStatus(async () => readStatus(redis, queues, await listMachines()))
  const stopWork = keepAtWork([
    {
      name: 'recording how machines do',
      everyMs: pointMs,
      run: () =>
        readReports(redis).then(
          (reports) => recordHistory(redis, reports),
          // While Redis is away there is nothing to record.
          () => {},
        ),
    },
  ])
  return {
    close() {
      stopWork()
      redis.disconnect()
    },
  }
}
