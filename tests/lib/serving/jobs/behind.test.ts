import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectRedis } from '../../../../lib/redis'
import { type JobBody, jobsBench } from './support'

let at: Awaited<ReturnType<typeof jobsBench>>
let runner: Awaited<ReturnType<typeof at.startRunner>>

beforeAll(async () => {
  at = await jobsBench()
  runner = await at.startRunner()
})
afterAll(async () => {
  await runner?.close()
  await at?.close()
})

test('of a large batch two parts are out at a time, in the line behind a request that somebody waits for', async () => {
  const redis = connectRedis(at.redisUrl)
  const body = `x\n${'1\n'.repeat(5000)}`
  const { body: made } = await at.api('jobs?format=csv', { body })
  await expect.poll(() => redis.zcard('bull:predict:prioritized')).toBe(2)
  const waited = at.api('predict', { body: { x: 4 } })
  await expect.poll(() => redis.llen('bull:predict:wait')).toBe(1)
  expect(await redis.zcard('bull:predict:prioritized')).toBe(2)
  await at.home.startWorker()
  const { status, body: answer } = await waited
  const { job } = await at.job((made as JobBody).job.id)
  redis.disconnect()
  expect([status, (answer as { predictions: unknown }).predictions, job.rows]).toEqual([
    200,
    [{ twice: 8, bundle: 'double' }],
    { total: 5000, done: 5000, failed: 0 },
  ])
})
