import type { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ProcessReport } from '../../../lib/protocol/report'
import { openCheckQueue } from '../../../lib/queues'
import { connectRedis } from '../../../lib/redis'
import { keepReport, readReports } from '../../../lib/reports/store'
import { recordHistory } from '../../../lib/status/history'
import { readStatus } from '../../../lib/status/read'
import { ownRedis } from '../../support/redis'

let redis: Redis
beforeAll(async () => {
  redis = connectRedis(await ownRedis())
})
afterAll(() => redis?.disconnect())

const minute = 60_000
/** At the beginning of a quarter of a minute. */
const noon = Date.UTC(2026, 0, 1, 12)
const sample = {
  os: 'Linux',
  cpus: 4,
  cpu: 0.5,
  load: 2,
  memory: { used: 1, total: 4 },
  disk: null,
  gpus: [],
}
const report = (more: Partial<ProcessReport>): ProcessReport => ({
  kind: 'worker',
  machine: 'ada',
  pid: 2,
  at: noon,
  process: { startedAt: 0, memory: 7, cpu: 0.1, cellar: '1', node: '24', tensorflow: { name: 'none' } },
  sample,
  metrics: [],
  ...more,
})
const host = report({
  kind: 'host',
  pid: 1,
  process: { ...report({}).process, kernels: { idle: 2, busy: 1 } },
})
const worker = report({ process: { ...report({}).process, models: { loaded: 2, memory: 9 } } })

test('a machine is what its processes say together, with its last hour; one that fell silent is away', async () => {
  const queue = openCheckQueue(redis)
  await queue.add('check', { versionId: 'v', artifact: 'a', records: [], predictions: [] })
  await keepReport(redis, report({ machine: 'bob', at: noon - minute }))
  await recordHistory(redis, await readReports(redis, noon - minute), noon - minute)
  await keepReport(redis, host)
  await keepReport(redis, worker)
  const reports = await readReports(redis, noon)
  await recordHistory(redis, reports, noon)
  // Another web process, a moment later.
  await recordHistory(redis, reports, noon + 2000)

  const status = await readStatus(redis, [queue], [{ name: 'eve', lastSeenAt: null }], noon)
  expect(status).toEqual({
    at: noon,
    machines: [
      {
        name: 'ada',
        awaySince: null,
        sample,
        processes: [
          { kind: 'host', pid: 1, at: noon, ...host.process },
          { kind: 'worker', pid: 2, at: noon, ...worker.process },
        ],
        history: [
          { at: noon, cpu: 0.5, load: 2, memory: 0.25, disk: null, gpu: null, kernels: 3, models: 2 },
        ],
      },
      {
        name: 'bob',
        awaySince: noon - minute,
        sample: null,
        processes: [],
        history: [
          {
            at: noon - minute,
            cpu: 0.5,
            load: 2,
            memory: 0.25,
            disk: null,
            gpu: null,
            kernels: 0,
            models: 0,
          },
        ],
      },
      { name: 'eve', awaySince: null, sample: null, processes: [], history: [] },
    ],
    queues: [{ name: 'check', waiting: 1, active: 0, failed: 0 }],
  })
  const later = await readStatus(redis, [], [], noon + 61 * minute)
  expect(later.machines.map(({ name, history }) => [name, history.length])).toEqual([
    ['ada', 0],
    ['bob', 0],
  ])
})
