import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { modelVersions } from '../../../drizzle/schema'
import { shadowPredictions } from '../../../drizzle/schema/shadows'
import { deleteVersion } from '../../../lib/registry/delete'
import { endpointPage } from '../../../lib/registry/page'
import type { Registry } from '../../../lib/registry/registry'
import { setStatus } from '../../../lib/registry/status'
import { endShadowOf } from '../../../lib/shadows/end'
import { shadowsOf } from '../../../lib/shadows/list'
import { shadow } from '../../../lib/shadows/start'
import { sweepShadows } from '../../../lib/shadows/sweep'
import { call, newVersion } from '../serving/support'
import { withGateway } from '../serving/with-gateway'

let registry: Registry
let shadowing: string
const at = withGateway({
  async prepare({ connection, home, artifact, make }) {
    const { endpointId } = await make('twice')
    shadowing = await newVersion(connection, { endpointId, artifact, version: '1.0.1', status: 'testing' })
    registry = {
      db: connection.db,
      artifacts: home.artifacts,
      check: async () => ({ ok: true, maxDifference: 0 }),
      origin: 'http://127.0.0.1',
    }
  },
})

const asked = (version: string) => ({
  workspaceId: at.ada.workspaceId,
  endpoint: 'twice',
  version,
  userId: at.ada.userId,
})
const predict = (record: unknown, query = '') =>
  call(at.web.origin, `/api/v1/twice/predict${query}`, { token: at.ada.token, body: record })
const newest = async () => (await shadowsOf(at.connection.db, shadowing))[0]!

test('a shadow answers beside the version in production, is compared with it and judged by the same feedback', async () => {
  await shadow(registry, { ...asked('1.0.1'), share: 100 })
  const page = await endpointPage(at.connection.db, at.ada.workspaceId, 'twice')
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
      const rows = await at.connection.db
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
    .poll(async () => (await at.connection.db.select().from(shadowPredictions)).map((row) => row.requestId))
    .toContain(id)
  expect((await at.connection.db.select().from(shadowPredictions)).map((row) => row.requestId)).not.toContain(
    named.headers.get('x-request-id'),
  )
  const kept = await call(at.web.origin, `/api/v1/twice/requests/${id}/feedback`, {
    token: at.ada.token,
    body: { truth: { twice: 14 } },
  })
  expect(kept.status).toBe(200)
  const { compared, agreed, difference, labels, real, shadow: own, problem } = await newest()
  expect([compared > 0, agreed === compared, difference, labels, problem]).toEqual([true, true, 0, 1, 'both'])
  expect([real.right, own.right, real.errors, own.errors]).toEqual([1, 1, 1, 1])
})

test('a shadow is not deleted, and ends by a word or when it is to answer itself', async () => {
  await expect(deleteVersion(at.connection.db, asked('1.0.1'))).rejects.toMatchObject({
    status: 409,
    message: 'it shadows the version in production: end that first: 1.0.1',
  })
  await shadow(registry, { ...asked('1.0.1'), share: 5 })
  expect((await shadowsOf(at.connection.db, shadowing)).map(({ share }) => share)).toEqual([5])
  expect(await endShadowOf(at.connection.db, asked('1.0.1'))).toBe(true)
  expect(await endShadowOf(at.connection.db, asked('1.0.1'))).toBe(false)
  await shadow(registry, { ...asked('1.0.1'), share: 50 })
  await setStatus(registry, { ...asked('1.0.1'), status: 'production' })
  expect((await shadowsOf(at.connection.db, shadowing)).filter(({ endedAt }) => !endedAt)).toEqual([])
})

test('what answers itself, is not ready or not there cannot shadow', async () => {
  await expect(shadow(registry, { ...asked('1.0.1'), share: 100 })).rejects.toMatchObject({
    status: 409,
    code: 'answers',
    message: 'it answers requests itself, in production: 1.0.1',
  })
  await at.connection.db
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
  await at.connection.db.update(shadowPredictions).set({ createdAt: new Date(Date.now() - 91 * 86_400_000) })
  expect(await sweepShadows(at.connection.db)).toBeGreaterThan(0)
  expect(await at.connection.db.select().from(shadowPredictions)).toEqual([])
})
