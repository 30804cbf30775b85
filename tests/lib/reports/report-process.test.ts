import { hostname } from 'node:os'
import { expect, test } from 'vitest'
import { connectRedis } from '../../../lib/redis'
import { reportProcess } from '../../../lib/reports/report-process'
import { readReports } from '../../../lib/reports/store'
import { root } from '../../support/paths'
import { ownRedis } from '../../support/redis'

test('a process that counts nothing of its own is told of as one of its kind', async () => {
  const redisUrl = await ownRedis()
  const redis = connectRedis(redisUrl)
  const stop = reportProcess('trainer', { root, home: root, redisUrl, tensorflow: { name: 'wasm' } })
  const told = async () =>
    (await readReports(redis)).map(({ kind, machine, pid, process: { node, tensorflow } }) => ({
      ...{ kind, machine, pid, node, tensorflow },
    }))
  await expect.poll(told).toEqual([
    {
      kind: 'trainer',
      machine: hostname(),
      pid: process.pid,
      node: process.versions.node,
      tensorflow: { name: 'wasm' },
    },
  ])
  stop()
  redis.disconnect()
})
