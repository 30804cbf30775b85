import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Connection, connect } from '../../../lib/db'
import { type Checker, createChecker } from '../../../lib/registry/checker'
import { setStatus } from '../../../lib/registry/status'
import { call, newEndpoint, newWorkspace, serve } from '../../lib/serving/support'
import { freshDatabase } from '../../support/database'
import { ownRedis } from '../../support/redis'
import { workerHome } from './support'

let connection: Connection
let database: Awaited<ReturnType<typeof freshDatabase>>
let home: Awaited<ReturnType<typeof workerHome>>
let web: Awaited<ReturnType<typeof serve>>
let checker: Checker
let ada: Awaited<ReturnType<typeof newWorkspace>>

beforeAll(async () => {
  database = await freshDatabase()
  connection = connect(database.url)
  const redisUrl = await ownRedis()
  home = await workerHome(redisUrl, database.url)
  checker = createChecker(redisUrl)
  const put = async (text: string) => (await home.artifacts.put(Buffer.from(text))).name
  ada = await newWorkspace(connection)
  const { workspaceId } = ada
  const { endpointId } = await newEndpoint(connection, {
    workspaceId,
    name: 'twice',
    artifact: await put('old'),
  })
  const { sql } = connection
  await sql`
    insert into model_versions (endpoint_id, version, status, state, artifact, artifact_bytes, schema, example, environment)
    select endpoint_id, '1.0.1', 'staging', 'ready', ${await put('new')}, 1, schema, null, '{}'
    from model_versions where endpoint_id = ${endpointId}`
  await sql`update model_versions set example = null where endpoint_id = ${endpointId}`
  web = await serve(connection, redisUrl)
  await home.startWorker()
})
afterAll(async () => {
  await web?.close()
  await checker?.close()
  await home?.close()
  await connection?.close()
  await database?.drop()
})

test('64 clients see the new version and, rolled back, the old one again, and no request fails', async () => {
  const bundles: Record<string, string> = { '1.0.0': 'old', '1.0.1': 'new' }
  const wrong: unknown[] = []
  let latest = ''
  let stopped = false
  const client = async (x: number) => {
    while (!stopped) {
      const { status, body } = await call(web.origin, '/api/v1/twice/predict', {
        token: ada.token,
        body: { x },
      })
      const { version, predictions } = body as { version: string; predictions: unknown }
      const expected = JSON.stringify([{ twice: 2 * x, bundle: bundles[version] }])
      if (status !== 200 || JSON.stringify(predictions) !== expected) wrong.push({ x, status, body })
      latest = version
    }
  }
  const clients = Array.from({ length: 64 }, (_, x) => client(x))
  const registry = {
    db: connection.db,
    artifacts: home.artifacts,
    check: checker.check,
    origin: web.origin,
  }
  const change = {
    workspaceId: ada.workspaceId,
    endpoint: 'twice',
    status: 'production',
    userId: ada.userId,
  } as const
  try {
    await expect.poll(() => latest).toBe('1.0.0')
    for (const version of ['1.0.1', '1.0.0', '1.0.1']) {
      await setStatus(registry, { ...change, version })
      await expect.poll(() => latest).toBe(version)
    }
  } finally {
    stopped = true
    await Promise.all(clients)
  }
  expect(wrong).toEqual([])
})
