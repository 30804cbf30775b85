import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPredictQueue } from '../../../lib/queues'
import { connectRedis } from '../../../lib/redis'
import { readReply, replyGiver } from '../../../lib/serving/reply-of-job'
import { ownRedis } from '../../support/redis'

let redis: ReturnType<typeof connectRedis>
let listener: ReturnType<typeof connectRedis>
let queue: ReturnType<typeof openPredictQueue>
beforeAll(async () => {
  const url = await ownRedis()
  redis = connectRedis(url)
  listener = connectRedis(url)
  queue = openPredictQueue(redis)
  await listener.subscribe('replies of this test')
})
afterAll(async () => {
  await queue.close()
  redis.disconnect()
  listener.disconnect()
})

const job = { versionId: 'v', artifact: 'a', items: [], reply: 'replies of this test' }

test('a reply is published, and stays with its job', async () => {
  const { id } = await queue.add('predict', job)
  const key = queue.toKey(id!)
  expect(await readReply(redis, key)).toEqual({ known: true })
  const [published] = await Promise.all([
    once(listener, 'message'),
    replyGiver(redis)(key, job.reply, '{"items":[]}'),
  ])
  expect(published).toEqual(['replies of this test', '{"items":[]}'])
  expect(await readReply(redis, key)).toEqual({ known: true, reply: '{"items":[]}' })
})

test('a reply for a job that was taken away leaves nothing behind', async () => {
  const { id } = await queue.add('predict', job)
  const key = queue.toKey(id!)
  await queue.remove(id!)
  await replyGiver(redis)(key, job.reply, '{"items":[]}')
  expect([await readReply(redis, key), await redis.exists(key)]).toEqual([{ known: false }, 0])
})
