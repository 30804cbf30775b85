import { QueueEvents } from 'bullmq'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Connection, connect } from '../../../lib/db'
import { predictQueue } from '../../../lib/protocol/serving'
import { connectRedis } from '../../../lib/redis'
import { saveLimits } from '../../../lib/registry/limits'
import { noLimits } from '../../../lib/serving/limits'
import { workerHome } from '../../kernel/serve/support'
import { freshDatabase } from '../../support/database'
import { ownRedis } from '../../support/redis'
import { call, newEndpoint, newWorkspace, serve } from './support'

/** A model that is busy with its CPU, and more asked of it than it can do. */

let connection: Connection
let database: Awaited<ReturnType<typeof freshDatabase>>
let home: Awaited<ReturnType<typeof workerHome>>
let web: Awaited<ReturnType<typeof serve>>
let ada: Awaited<ReturnType<typeof newWorkspace>>
let artifact: string
let redisUrl: string

beforeAll(async () => {
  database = await freshDatabase()
  connection = connect(database.url)
  redisUrl = await ownRedis()
  home = await workerHome(redisUrl)
  artifact = (await home.artifacts.put(Buffer.from('double'))).name
  ada = await newWorkspace(connection)
  web = await serve(connection, redisUrl)
  await home.startWorker()
})
afterAll(async () => {
  await web?.close()
  await home?.close()
  await connection?.close()
  await database?.drop()
})

const make = (name: string) => newEndpoint(connection, { workspaceId: ada.workspaceId, name, artifact })
const ask = (name: string, body: unknown) =>
  call(web.origin, `/api/v1/${name}/predict`, { token: ada.token, body })

test('a model that computes for longer than a lock lasts keeps its job: nobody else begins it, too', async () => {
  await make('long')
  const other = await home.startWorker()
  const events = new QueueEvents(predictQueue, { connection: connectRedis(redisUrl) })
  const stalled: string[] = []
  events.on('stalled', ({ jobId }) => stalled.push(jobId))
  await events.waitUntilReady()
  // More than twice as long as a lock lasts, while another looks for lost ones.
  const { status, body } = await ask('long', { x: 1, spinMs: 4500 })
  await events.close()
  await home.stop(other, 'SIGTERM')
  expect({ status, body, stalled }).toEqual({
    status: 200,
    body: { request_id: 'id', version: '1.0.0', predictions: [{ twice: 2, bundle: 'double' }] },
    stalled: [],
  })
})

test('with five times what the model can do, what is accepted is answered in time, the rest told when to come again', async () => {
  const { endpointId } = await make('busy')
  await saveLimits(connection.db, endpointId, { ...noLimits, batchSize: 1, deadlineMs: 2000 })
  // Twenty a second are what it can do at most.
  const work = { x: 1, sleepMs: 50 }
  expect((await ask('busy', work)).status).toBe(200)
  const answers: Promise<Awaited<ReturnType<typeof ask>>>[] = []
  const began = performance.now()
  while (answers.length < 400) {
    const due = (100 * (performance.now() - began)) / 1000
    while (answers.length < due) answers.push(ask('busy', work))
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
