import { afterAll, beforeAll, expect, test } from 'vitest'
import { runWorker } from '../../../kernel/serve/run-worker'
import { createChecker } from '../../../lib/registry/checker'
import { createWarmer } from '../../../lib/registry/warm-workers'
import { ownRedis } from '../../support/redis'
import { workerHome } from './support'

let home: Awaited<ReturnType<typeof workerHome>>
let redisUrl: string

beforeAll(async () => {
  redisUrl = await ownRedis()
  home = await workerHome(redisUrl)
})
afterAll(() => home?.close())

const worker = () =>
  runWorker({
    redisUrl,
    artifacts: home.artifacts,
    uploads: home.artifacts,
    place: {
      root: home.place,
      home: `${home.place}/secrets`,
      workDir: home.workDir,
      tensorflow: { name: 'none' },
    },
    warn: (message, error) => console.error(message, error),
  })

test('a version that passed its self-test is loaded by every worker before anybody may ask it', async () => {
  const workers = [await worker(), await worker()]
  const checker = createChecker(redisUrl)
  const { name: artifact } = await home.artifacts.put(Buffer.from('one'))
  const job = { versionId: 'v', artifact, records: [{ x: 1 }], predictions: [{ twice: 2, bundle: 'one' }] }
  expect(await checker.check(job)).toEqual({ ok: true, maxDifference: 0 })
  expect(workers.map((each) => each.models().length)).toEqual([1, 1])
  await checker.close()
  for (const each of workers) await each.close()
})

test('a worker that cannot load a version, and having no worker at all, keep nobody waiting', async () => {
  const one = await worker()
  const warmer = createWarmer(redisUrl)
  await warmer.warm({ versionId: 'v', artifact: '0'.repeat(64) })
  expect(one.models()).toEqual([])
  await one.close()
  await warmer.warm({ versionId: 'v', artifact: '0'.repeat(64) })
  await warmer.close()
})
