import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectRedis } from '../../../../lib/redis'
import { type JobBody, jobsBench } from './support'

let at: Awaited<ReturnType<typeof jobsBench>>
beforeAll(async () => {
  at = await jobsBench()
})
afterAll(() => at?.close())

// More than is done between two looks at it.
const count = 100_000
const rows = Array.from({ length: count }, (_, i) => `${i}\n`).join('')
const expected = Array.from(
  { length: count },
  (_, i) => `${JSON.stringify({ row: i + 1, prediction: { twice: 2 * i, bundle: 'double' } })}\n`,
).join('')

test('a batch goes on after kill -9 of its runner and of a worker, and after an orderly end: no row is lost, none is there twice', async () => {
  const worker = await at.home.startWorker()
  const jobs = await at.home.startJobs()
  const { body } = await at.api('jobs', { body: `x\n${rows}`, headers: { 'content-type': 'text/csv' } })
  const { id } = (body as JobBody).job
  await at.job(id, ({ rows: { done } }) => done > 0)
  await at.home.stop(jobs, 'SIGKILL')
  const { job: after } = await at.job(id, () => true)
  const again = await at.home.startJobs()
  await at.job(id, ({ rows: { done } }) => done > after.rows.done)
  await at.home.stop(worker, 'SIGKILL')
  const { job: then } = await at.job(id, () => true)
  await at.home.startWorker()
  await at.job(id, ({ rows: { done } }) => done > then.rows.done)
  await at.home.stop(again, 'SIGTERM')
  await at.home.startJobs()
  const { job } = await at.job(id)
  const result = await fetch(`${at.web.origin}/api/v1/twice/jobs/${id}/result`, {
    headers: { authorization: `Bearer ${at.ada.token}` },
  })
  expect([after.status, then.status, job.status, job.rows]).toEqual([
    'running',
    'running',
    'done',
    { total: count, done: count, failed: 0 },
  ])
  // Not as texts: a difference of a megabyte is no message.
  expect((await result.text()) === expected).toBe(true)
})

test('what Redis forgot at a restart is asked for again', async () => {
  for (const child of at.home.running()) await at.home.stop(child, 'SIGKILL')
  await at.home.startJobs()
  const redis = connectRedis(at.redisUrl)
  await redis.flushdb()
  const { body } = await at.api('predict', { body: { x: 4 }, headers: { prefer: 'respond-async' } })
  await expect.poll(() => redis.keys('bull:predict:*-1')).toHaveLength(1)
  await redis.flushdb()
  // What a restart does to whoever waits for replies.
  await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub')
  await expect.poll(() => redis.keys('bull:predict:*-2')).toHaveLength(1)
  await at.home.startWorker()
  const { predictions } = await at.job((body as JobBody).job.id)
  redis.disconnect()
  expect(predictions).toEqual([{ twice: 8, bundle: 'double' }])
})
