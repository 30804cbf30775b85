import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { modelVersions } from '../../../drizzle/schema'
import { shadowPredictions } from '../../../drizzle/schema/shadows'
import { type Connection, connect } from '../../../lib/db'
import { deleteVersion } from '../../../lib/registry/delete'
import { endpointPage } from '../../../lib/registry/page'
import type { Registry } from '../../../lib/registry/registry'
import { setStatus } from '../../../lib/registry/status'
import { endShadowOf } from '../../../lib/shadows/end'
import { shadowsOf } from '../../../lib/shadows/list'
import { shadow } from '../../../lib/shadows/start'
import { sweepShadows } from '../../../lib/shadows/sweep'
import { workerHome } from '../../kernel/serve/support'
import { freshDatabase } from '../../support/database'
import { ownRedis } from '../../support/redis'
import { call, newEndpoint, newWorkspace, schema, serve } from '../serving/support'

let connection: Connection
let database: Awaited<ReturnType<typeof freshDatabase>>
let home: Awaited<ReturnType<typeof workerHome>>
let web: Awaited<ReturnType<typeof serve>>
let ada: Awaited<ReturnType<typeof newWorkspace>>
let registry: Registry
let shadowing: string

beforeAll(async () => {
  database = await freshDatabase()
  connection = connect(database.url)
  const redisUrl = await ownRedis()
  home = await workerHome(redisUrl)
  const { name: artifact } = await home.artifacts.put(Buffer.from('double'))
  ada = await newWorkspace(connection)
  const { endpointId } = await newEndpoint(connection, {
    workspaceId: ada.workspaceId,
    name: 'twice',
    artifact,
  })
  const [other] = await connection.sql`
    insert into model_versions
      (endpoint_id, version, status, state, artifact, artifact_bytes, schema, environment)
    values (${endpointId}, '1.0.1', 'testing', 'ready', ${artifact}, 1, ${JSON.stringify(schema)}::text::jsonb, '{}')
    returning id`
  shadowing = other!.id
  registry = {
    db: connection.db,
    artifacts: home.artifacts,
    check: async () => ({ ok: true, maxDifference: 0 }),
    origin: 'http://127.0.0.1',
  }
  web = await serve(connection, redisUrl)
  await home.startWorker()
})
afterAll(async () => {
  await web?.close()
  await home?.close()
  await connection?.close()
  await database?.drop()
})

const asked = (version: string) => ({
  workspaceId: ada.workspaceId,
  endpoint: 'twice',
  version,
  userId: ada.userId,
})
const predict = (record: unknown, query = '') =>
  call(web.origin, `/api/v1/twice/predict${query}`, { token: ada.token, body: record })
const newest = async () => (await shadowsOf(connection.db, shadowing))[0]!

test('a shadow answers beside the version in production, is compared with it and judged by the same feedback', async () => {
  await shadow(registry, { ...asked('1.0.1'), share: 100 })
  const page = await endpointPage(connection.db, ada.workspaceId, 'twice')
  expect(page!.versions.map(({ version, shadow }) => [version, shadow])).toEqual([
    ['1.0.1', 100],
    ['1.0.0', null],
  ])
  // The gateway hears of it within a second.
  await expect
    .poll(async () => {
      expect((await predict({ x: 3 })).body).toMatchObject({
        version: '1.0.0',
        predictions: [{ twice: 6 }],
      })
      return (await newest()).requests
    })
    .toBeGreaterThan(0)
  const answer = await predict({ x: 4, throws: 'both' })
  expect(answer.status).toBe(500)
  const requestId = answer.headers.get('x-request-id')!
  await expect
    .poll(async () => {
      const rows = await connection.db
        .select()
        .from(shadowPredictions)
        .where(eq(shadowPredictions.requestId, requestId))
      return rows.map(({ status, realStatus, agreed, error }) => [status, realStatus, agreed, error])
    })
    .toEqual([[500, 500, null, 'both']])
  // By its own name a version is asked itself; nobody else gets a copy.
  const named = await predict({ x: 5 }, '?version=1.0.0')
  const labelled = await predict({ x: 7 })
  const id = labelled.headers.get('x-request-id')!
  await expect
    .poll(async () => (await connection.db.select().from(shadowPredictions)).map((row) => row.requestId))
    .toContain(id)
  expect((await connection.db.select().from(shadowPredictions)).map((row) => row.requestId)).not.toContain(
    named.headers.get('x-request-id'),
  )
  const kept = await call(web.origin, `/api/v1/twice/requests/${id}/feedback`, {
    token: ada.token,
    body: { truth: { twice: 14 } },
  })
  expect(kept.status).toBe(200)
  const { compared, agreed, difference, labels, real, shadow: own, problem } = await newest()
  expect([compared > 0, agreed === compared, difference, labels, problem]).toEqual([true, true, 0, 1, 'both'])
  expect([real.right, own.right, real.errors, own.errors]).toEqual([1, 1, 1, 1])
})

test('a shadow is not deleted, and ends by a word or when it is to answer itself', async () => {
  await expect(deleteVersion(connection.db, asked('1.0.1'))).rejects.toMatchObject({
    status: 409,
    message: 'it shadows the version in production: end that first: 1.0.1',
  })
  await shadow(registry, { ...asked('1.0.1'), share: 5 })
  expect((await shadowsOf(connection.db, shadowing)).map(({ share }) => share)).toEqual([5])
  expect(await endShadowOf(connection.db, asked('1.0.1'))).toBe(true)
  expect(await endShadowOf(connection.db, asked('1.0.1'))).toBe(false)
  await shadow(registry, { ...asked('1.0.1'), share: 50 })
  await setStatus(registry, { ...asked('1.0.1'), status: 'production' })
  expect((await shadowsOf(connection.db, shadowing)).filter(({ endedAt }) => !endedAt)).toEqual([])
})

test('what answers itself, is not ready or not there cannot shadow', async () => {
  await expect(shadow(registry, { ...asked('1.0.1'), share: 100 })).rejects.toMatchObject({
    status: 409,
    code: 'answers',
    message: 'it answers requests itself, in production: 1.0.1',
  })
  await connection.db
    .update(modelVersions)
    .set({ state: 'rejected' })
    .where(eq(modelVersions.version, '1.0.0'))
  await expect(shadow(registry, { ...asked('1.0.0'), share: 100 })).rejects.toMatchObject({
    status: 409,
    code: 'not_ready',
  })
  await expect(shadow(registry, { ...asked('9.0.0'), share: 100 })).rejects.toMatchObject({ status: 404 })
})

test('answers of shadows go with the requests that they stand beside', async () => {
  await connection.db.update(shadowPredictions).set({ createdAt: new Date(Date.now() - 91 * 86_400_000) })
  expect(await sweepShadows(connection.db)).toBeGreaterThan(0)
  expect(await connection.db.select().from(shadowPredictions)).toEqual([])
})
