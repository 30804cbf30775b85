import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Connection, connect } from '../../../lib/db'
import { call, newEndpoint, newWorkspace, serve } from '../../lib/serving/support'
import { freshDatabase } from '../../support/database'
import { ownRedis, workerHome } from './support'

let connection: Connection
let database: Awaited<ReturnType<typeof freshDatabase>>
let home: Awaited<ReturnType<typeof workerHome>>
let web: Awaited<ReturnType<typeof serve>>
let token: string

beforeAll(async () => {
  database = await freshDatabase()
  connection = connect(database.url)
  const redisUrl = await ownRedis(5)
  home = await workerHome(redisUrl)
  const { name: artifact } = await home.artifacts.put(Buffer.from('double'))
  const ada = await newWorkspace(connection)
  token = ada.token
  await newEndpoint(connection, { workspaceId: ada.workspaceId, name: 'twice', artifact })
  web = await serve(connection, redisUrl)
})
afterAll(async () => {
  await web?.close()
  await home?.close()
  await connection?.close()
  await database?.drop()
})

test('a worker killed under load loses no request: each is answered, within 5 s of the kill', async () => {
  const worker = await home.startWorker()
  const ids: string[] = []
  const wrong: unknown[] = []
  let stopped = false
  let answered = 0
  const client = async (x: number) => {
    while (!stopped) {
      const { status, body, headers } = await call(web.origin, '/api/v1/twice/predict', {
        token,
        body: { x },
      })
      answered++
      ids.push(headers.get('x-request-id')!)
      const predictions = [{ twice: 2 * x, bundle: 'double' }]
      if (
        status !== 200 ||
        JSON.stringify((body as { predictions: unknown }).predictions) !== JSON.stringify(predictions)
      )
        wrong.push({ x, status, body })
    }
  }
  const clients = Array.from({ length: 16 }, (_, x) => client(x))
  await expect.poll(() => answered, { timeout: 10_000 }).toBeGreaterThan(200)
  await home.stop(worker, 'SIGKILL')
  const killed = performance.now()
  await home.startWorker()
  const before = answered
  // Every client must be past the request that it had out at the kill.
  await expect.poll(() => answered - before, { timeout: 10_000, interval: 20 }).toBeGreaterThan(200)
  expect(performance.now() - killed).toBeLessThan(5000)
  stopped = true
  await Promise.all(clients)
  expect(wrong).toEqual([])
  const rows = () =>
    connection.sql`select count(*)::int as rows, count(distinct request_id)::int as ids from predictions`
  await expect
    .poll(async () => (await rows())[0], { timeout: 2000 })
    .toEqual({ rows: ids.length, ids: new Set(ids).size })
})
