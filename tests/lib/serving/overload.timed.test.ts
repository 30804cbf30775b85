import { QueueEvents } from 'bullmq'
import { expect, test } from 'vitest'
import { predictQueue } from '../../../lib/protocol/serving'
import { connectRedis } from '../../../lib/redis'
import { saveLimits } from '../../../lib/registry/limits'
import { noLimits } from '../../../lib/serving/limits'
import { withGateway } from './with-gateway'

/** A model that is busy with its CPU, and more asked of it than it can do. */

const at = withGateway()

test('a model that computes for longer than a lock lasts keeps its job: nobody else begins it, too', async () => {
  await at.make('long')
  const other = await at.home.startWorker()
  const events = new QueueEvents(predictQueue, { connection: connectRedis(at.redisUrl) })
  const stalled: string[] = []
  events.on('stalled', ({ jobId }) => stalled.push(jobId))
  await events.waitUntilReady()
  // More than twice as long as a lock lasts, while another looks for lost ones.
  const { status, body } = await at.ask('long', { x: 1, spinMs: 4500 })
  await events.close()
  await at.home.stop(other, 'SIGTERM')
  expect({ status, body, stalled }).toEqual({
    status: 200,
    body: { request_id: 'id', version: '1.0.0', predictions: [{ twice: 2, bundle: 'double' }] },
    stalled: [],
  })
})

test('with five times what the model can do, what is accepted is answered in time, the rest told when to come again', async () => {
  const { endpointId } = await at.make('busy')
  await saveLimits(at.connection.db, endpointId, { ...noLimits, batchSize: 1, deadlineMs: 2000 })
  // Twenty a second are what it can do at most.
  const work = { x: 1, sleepMs: 50 }
  expect((await at.ask('busy', work)).status).toBe(200)
  const answers: Promise<Awaited<ReturnType<typeof at.ask>>>[] = []
  const began = performance.now()
  while (answers.length < 400) {
    const due = (100 * (performance.now() - began)) / 1000
    while (answers.length < due) answers.push(at.ask('busy', work))
    await new Promise((turn) => setTimeout(turn, 5))
  }
  const settled = await Promise.all(answers)
  const refused = settled.filter(({ status }) => status !== 200)
  const kinds = new Set(
    refused.map(({ status, headers }) => `${status}, retry-after: ${Number(headers.get('retry-after')) > 0}`),
  )
  expect([...kinds]).toEqual(['503, retry-after: true'])
  expect(refused.length).toBeGreaterThan(settled.length / 2)
  expect(settled.length - refused.length).toBeGreaterThan(20)
})
