import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { modelVersions, notebooks, users, workspaces } from '../../../drizzle/schema'
import { localArtifacts } from '../../../lib/artifacts'
import { type Connection, connect } from '../../../lib/db'
import { defaultSettings } from '../../../lib/notebook/settings'
import type { Promotion } from '../../../lib/protocol/hosts'
import type { PromoteRequest } from '../../../lib/protocol/kernel'
import { encodePromotionBody } from '../../../lib/protocol/promotion-body'
import { createChecker } from '../../../lib/registry/checker'
import { productionVersion } from '../../../lib/registry/find'
import { productionAt, statusHistory } from '../../../lib/registry/history'
import { listEndpoints } from '../../../lib/registry/list'
import { endpointPage } from '../../../lib/registry/page'
import { receiveVersion } from '../../../lib/registry/receive'
import type { Registry } from '../../../lib/registry/registry'
import { setStatus } from '../../../lib/registry/status'
import { saveRevision } from '../../../lib/revisions/save'
import { freshDatabase } from '../../support/database'
import { ownRedis } from '../../support/redis'
import { logged, writeLog } from '../requests/support'

let database: Awaited<ReturnType<typeof freshDatabase>>
let connection: Connection
let folder: string
let registry: Registry
let workspaceId: string
let promotion: Promotion

beforeAll(async () => {
  database = await freshDatabase()
  connection = connect(database.url)
  folder = await mkdtemp(path.join(tmpdir(), 'registry-'))
})
afterAll(async () => {
  await connection.close()
  await database.drop()
  await rm(folder, { recursive: true })
})

beforeEach(async () => {
  const { db } = connection
  const [user] = await db
    .insert(users)
    .values({ email: `${randomUUID()}@example.com`, name: 'Ada', passwordHash: '-' })
    .returning()
  const [workspace] = await db.insert(workspaces).values({ name: 'w', kind: 'personal' }).returning()
  workspaceId = workspace!.id
  const [notebook] = await db.insert(notebooks).values({ workspaceId, title: 'Income' }).returning()
  promotion = {
    notebookId: notebook!.id,
    userId: user!.id,
    endpoint: 'income',
    cellId: 'a',
    variable: 'predict',
    cellSource: 'const predict = 1',
    environment: { host: 'h' },
  }
  registry = {
    db,
    artifacts: localArtifacts(folder),
    check: async () => ({ ok: true, maxDifference: 0 }),
    origin: 'http://127.0.0.1:3000',
  }
})

const request: PromoteRequest = {
  endpoint: 'income',
  cellId: 'a',
  variable: 'predict',
  schema: { input: { type: 'number' }, output: { type: 'number' } },
  selfTest: { records: [1, 2], predictions: [2, 4] },
  environment: { node: 'v20' },
}
const body = (bytes: number[] = [1]) => encodePromotionBody(request, new Uint8Array(bytes))
const states = async () =>
  (await endpointPage(connection.db, workspaceId, 'income'))?.versions.map(
    ({ version, status, state, rejection }) => ({ version, status, state, rejection }),
  )

test('a version names the newest revision that holds its cell as it ran', async () => {
  const { notebookId, userId } = promotion
  const keep = (source: string, other: string) =>
    saveRevision(
      {
        notebookId,
        userId,
        reason: 'run',
        stateVector: new Uint8Array([0]),
        content: {
          settings: defaultSettings,
          cells: [
            { id: 'a', kind: 'code', source, attributes: {} },
            { id: 'b', kind: 'code', source: other, attributes: {} },
          ],
        },
      },
      connection.db,
    )
  await keep('const predict = 1', 'old')
  const { id } = await keep('const predict = 1', 'new')
  await keep('const predict = 2', 'new')
  await receiveVersion(registry, promotion, body())
  const rows = await connection.db
    .select({ revisionId: modelVersions.revisionId })
    .from(modelVersions)
    .where(eq(modelVersions.notebookId, notebookId))
  expect(rows).toEqual([{ revisionId: id }])
})

test('a version that passes its self-test answers at once, and the one before becomes staging', async () => {
  expect(await receiveVersion(registry, promotion, body())).toEqual({
    endpoint: 'income',
    version: '1.0.0',
    url: 'http://127.0.0.1:3000/api/v1/income/predict',
    page: 'http://127.0.0.1:3000/endpoints/income',
  })
  await receiveVersion(registry, promotion, body([2]))
  expect(await states()).toEqual([
    { version: '1.0.1', status: 'production', state: 'ready', rejection: null },
    { version: '1.0.0', status: 'staging', state: 'ready', rejection: null },
  ])
  const page = await endpointPage(connection.db, workspaceId, 'income')
  expect(page?.production).toMatchObject({
    version: '1.0.1',
    createdBy: 'Ada',
    notebook: { id: promotion.notebookId, title: 'Income' },
    cellSource: 'const predict = 1',
    artifactBytes: 1,
    example: { record: 1, prediction: 2 },
    selfTest: { records: 2, maxDifference: 0 },
    environment: { node: 'v20', host: 'h' },
  })
})

test('a version that differs is rejected with the reason, and the old one stays', async () => {
  await receiveVersion(registry, promotion, body())
  const different: Registry = {
    ...registry,
    check: async () => ({ ok: false, reason: 'predictions[0]: 2, then 3' }),
  }
  await expect(receiveVersion(different, promotion, body())).rejects.toThrow(
    'version 1.0.1 was not published: predictions[0]: 2, then 3',
  )
  expect(await states()).toEqual([
    { version: '1.0.1', status: 'testing', state: 'rejected', rejection: 'predictions[0]: 2, then 3' },
    { version: '1.0.0', status: 'production', state: 'ready', rejection: null },
  ])
})

test('twenty promotions at once get one number each, without a gap, and one of them answers', async () => {
  const promoted = await Promise.all(
    Array.from({ length: 20 }, (_, i) => receiveVersion(registry, promotion, body([i]))),
  )
  const expected = Array.from({ length: 20 }, (_, i) => `1.0.${i}`)
  expect(promoted.map(({ version }) => version).sort()).toEqual([...expected].sort())
  const rows = (await states())!
  expect(rows.map(({ version }) => version)).toEqual(expected.reverse())
  expect(rows.filter(({ status }) => status === 'production').map(({ version }) => version)).toEqual([
    '1.0.19',
  ])
  expect(rows.every(({ state }) => state === 'ready')).toBe(true)
})

test('going back to an older version, and what cannot be gone back to', async () => {
  await receiveVersion(registry, promotion, body())
  await receiveVersion(registry, promotion, body())
  const userId = promotion.userId
  const target = { workspaceId, endpoint: 'income', version: '1.0.0', status: 'production', userId } as const
  await setStatus(registry, target)
  expect(await productionVersion(connection.db, workspaceId, 'income')).toMatchObject({ version: '1.0.0' })
  await setStatus(registry, target)
  expect((await states())?.map(({ status }) => status)).toEqual(['staging', 'production'])
  await expect(setStatus(registry, { ...target, version: '9.0.0' })).rejects.toThrow(
    'no such version: income 9.0.0',
  )
  await expect(setStatus(registry, { ...target, workspaceId: randomUUID() })).rejects.toThrow(
    'no such version',
  )
})

test('a version is loaded and tried before it answers; one that fails leaves the old one in its place', async () => {
  await receiveVersion(registry, promotion, body())
  await receiveVersion(registry, promotion, body([2]))
  const userId = promotion.userId
  const back = { workspaceId, endpoint: 'income', version: '1.0.0', status: 'production', userId } as const
  const tried: unknown[] = []
  const broken: Registry = {
    ...registry,
    check: async ({ records, predictions }) => {
      tried.push(records, predictions)
      return { ok: false, reason: 'predictions[0]: 2, then 3' }
    },
  }
  await expect(setStatus(broken, back)).rejects.toThrow(
    'version 1.0.0 does not answer as it did when it was promoted: predictions[0]: 2, then 3',
  )
  expect(tried).toEqual([[1], [2]])
  expect((await states())?.map(({ status }) => status)).toEqual(['production', 'staging'])
})

test('every change of status is kept with who and why, and says what was in production when', async () => {
  const { db } = connection
  const times = [new Date()]
  const now = async () => times.push(new Date())
  await receiveVersion(registry, promotion, body())
  await now()
  await receiveVersion(registry, promotion, body([2]))
  await now()
  const change = { workspaceId, endpoint: 'income', userId: promotion.userId }
  await setStatus(registry, {
    ...change,
    version: '1.0.0',
    status: 'production',
    reason: 'worse for the young',
  })
  await now()
  await setStatus(registry, { ...change, version: '1.0.0', status: 'testing', reason: '' })
  await now()
  const endpointId = (await endpointPage(db, workspaceId, 'income'))!.summary.id
  const history = await statusHistory(db, { endpointId })
  expect(history.map(({ version, from, to, by, reason }) => [version, from, to, by, reason])).toEqual([
    ['1.0.0', 'production', 'testing', 'Ada', ''],
    ['1.0.0', 'staging', 'production', 'Ada', 'worse for the young'],
    ['1.0.1', 'production', 'staging', 'Ada', 'replaced by 1.0.0'],
    ['1.0.1', 'testing', 'production', 'Ada', 'promoted from its notebook'],
    ['1.0.0', 'production', 'staging', 'Ada', 'replaced by 1.0.1'],
    ['1.0.0', 'testing', 'production', 'Ada', 'promoted from its notebook'],
  ])
  const answered = await Promise.all(times.map((at) => productionAt(db, endpointId, at)))
  expect(answered.map((found) => found?.version)).toEqual([undefined, '1.0.0', '1.0.1', '1.0.0', undefined])
})

test('without a worker the promotion says so, and nothing is published', async () => {
  const checker = createChecker(await ownRedis(), 300)
  try {
    const alone: Registry = { ...registry, check: checker.check }
    await expect(receiveVersion(alone, promotion, body())).rejects.toThrow(
      'version 1.0.0 was not published: no worker took the self-test within 0.3 s',
    )
    expect((await states())?.map(({ state }) => state)).toEqual(['rejected'])
    expect(await productionVersion(connection.db, workspaceId, 'income')).toBe('no_production')
  } finally {
    await checker.close()
  }
})

test('a body that is none, and a notebook that is gone', async () => {
  await expect(receiveVersion(registry, promotion, new Uint8Array([1]))).rejects.toMatchObject({
    status: 400,
  })
  await expect(
    receiveVersion(registry, { ...promotion, notebookId: randomUUID() }, body()),
  ).rejects.toMatchObject({
    status: 404,
  })
})

test('counts and latencies of the last day stand in the list', async () => {
  await receiveVersion(registry, promotion, body())
  const found = await productionVersion(connection.db, workspaceId, 'income')
  if (typeof found === 'string') throw new Error(found)
  const { endpointId, versionId, version } = found
  const row = (status: number, latencyMs: number, hoursAgo: number) =>
    logged(
      { workspaceId, endpointId, versionId },
      new Date(Date.now() - hoursAgo * 3_600_000).toISOString(),
      { version, status, latencyMs },
    )
  await writeLog(connection, [row(200, 2, 1), row(200, 4, 2), row(400, 100, 3), row(200, 50, 25)])
  const [line, ...others] = await listEndpoints(connection.db, workspaceId)
  expect(others).toEqual([])
  expect(line).toMatchObject({
    name: 'income',
    version: '1.0.0',
    versions: 1,
    predictions: 3,
    failures: 1,
    p50: expect.closeTo(2, 1),
    p99: expect.closeTo(4, 1),
  })
  const page = await endpointPage(connection.db, workspaceId, 'income')
  expect(page?.recent.map(({ latencyMs }) => latencyMs)).toEqual([2, 4, 100, 50])
  expect(await endpointPage(connection.db, workspaceId, 'other')).toBeUndefined()
})
