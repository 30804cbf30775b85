import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { feedback, notebooks, users, workspaces } from '../../../drizzle/schema'
import { endAbTest } from '../../../lib/abtests/end'
import { listAbTests } from '../../../lib/abtests/list'
import { startAbTest } from '../../../lib/abtests/start'
import { localArtifacts } from '../../../lib/artifacts'
import { type Connection, connect } from '../../../lib/db'
import { encodePromotionBody } from '../../../lib/protocol/promotion-body'
import { endpointPage } from '../../../lib/registry/page'
import { receiveVersion } from '../../../lib/registry/receive'
import type { Registry } from '../../../lib/registry/registry'
import { freshDatabase } from '../../support/database'
import { logged, writeLog } from '../requests/support'

let database: Awaited<ReturnType<typeof freshDatabase>>
let connection: Connection
let folder: string
let registry: Registry
let named: { workspaceId: string; endpoint: string; userId: string }
let endpointId: string

beforeAll(async () => {
  database = await freshDatabase()
  connection = connect(database.url)
  folder = await mkdtemp(path.join(tmpdir(), 'abtests-'))
})
afterAll(async () => {
  await connection.close()
  await database.drop()
  await rm(folder, { recursive: true })
})

// An endpoint with the versions 1.0.0, 1.0.1 and 1.0.2, of which the last answers.
beforeEach(async () => {
  const { db } = connection
  const [user] = await db
    .insert(users)
    .values({ email: `${randomUUID()}@example.com`, name: 'Ada', passwordHash: '-' })
    .returning()
  const [workspace] = await db.insert(workspaces).values({ name: 'w', kind: 'personal' }).returning()
  const [notebook] = await db.insert(notebooks).values({ workspaceId: workspace!.id, title: 'n' }).returning()
  named = { workspaceId: workspace!.id, endpoint: 'income', userId: user!.id }
  registry = {
    db,
    artifacts: localArtifacts(folder),
    check: async () => ({ ok: true, maxDifference: 0 }),
    origin: '',
  }
  const promotion = {
    notebookId: notebook!.id,
    userId: user!.id,
    endpoint: 'income',
    cellId: 'a',
    variable: 'f',
    cellSource: '',
    environment: {},
  }
  const request = {
    endpoint: 'income',
    cellId: 'a',
    variable: 'f',
    schema: { input: { type: 'number' as const }, output: { type: 'number' as const } },
    selfTest: { records: [1], predictions: [2] },
    environment: {},
  }
  for (const byte of [1, 2, 3])
    await receiveVersion(registry, promotion, encodePromotionBody(request, new Uint8Array([byte])))
  endpointId = (await endpointPage(db, named.workspaceId, 'income'))!.summary.id
})

const statuses = async () =>
  Object.fromEntries(
    (await endpointPage(connection.db, named.workspaceId, 'income'))!.versions.map(({ version, status }) => [
      version,
      status,
    ]),
  )
const even = [
  { version: '1.0.1', weight: 1 },
  { version: '1.0.2', weight: 1 },
]

/** Answered requests of a version in a test: `right` and `wrong` ones with their truth, `open` without. */
async function answered(
  abTestId: string,
  version: string,
  { right = 0, wrong = 0, open = 0, errors = 0 }: Record<string, number>,
) {
  const page = await endpointPage(connection.db, named.workspaceId, 'income')
  const { id: versionId } = page!.versions.find((each) => each.version === version)!
  const base = { workspaceId: named.workspaceId, endpointId, versionId }
  const rows = Array.from({ length: right + wrong + open + errors }, (_, i) =>
    logged(base, new Date().toISOString(), {
      version,
      abTestId,
      status: i < right + wrong + open ? 200 : 500,
      latencyMs: 2,
    }),
  )
  await writeLog(connection, rows)
  const labelled = rows.slice(0, right + wrong)
  if (labelled.length > 0)
    await connection.db.insert(feedback).values(
      labelled.map(({ requestId }, i) => ({
        requestId,
        endpointId,
        truth: 1,
        right: i % (right + wrong) < right,
      })),
    )
}

test('a test makes its challengers ab_testing; ending it without labels leaves production, the others are testing', async () => {
  const { id } = await startAbTest(registry, { ...named, variants: even })
  expect(await statuses()).toEqual({ '1.0.0': 'staging', '1.0.1': 'ab_testing', '1.0.2': 'production' })
  await answered(id, '1.0.1', { open: 500, errors: 2 })
  const [running] = await listAbTests(connection.db, endpointId)
  expect(running).toMatchObject({
    createdBy: 'Ada',
    endedAt: null,
    stickyHeader: 'x-user-id',
    minLabels: 100,
    figures: [
      { version: '1.0.2', weight: 0.5, requests: 0, errors: 0, labels: 0, accuracy: null, p: null },
      { version: '1.0.1', weight: 0.5, requests: 502, errors: 2, labels: 0, right: 0, accuracy: null, p: 1 },
    ],
    decision: { winner: null, reason: 'too few labels: 1.0.2 has 0 of the 100 that each needs' },
  })
  expect(await endAbTest(connection.db, { ...named, id })).toMatchObject({
    winner: null,
    production: '1.0.2',
  })
  expect(await statuses()).toEqual({ '1.0.0': 'staging', '1.0.1': 'testing', '1.0.2': 'production' })
  await expect(endAbTest(connection.db, { ...named, id })).rejects.toThrow('this A/B test has ended already')
})

test('a version that is right more often wins: it becomes production, the old one testing, and the summary stays', async () => {
  const { id } = await startAbTest(registry, { ...named, variants: even })
  // Labels come mixed, as they do.
  for (let i = 0; i < 20; i++) {
    await answered(id, '1.0.1', { right: 18, wrong: 2 })
    await answered(id, '1.0.2', { right: 13, wrong: 7 })
  }
  const outcome = await endAbTest(connection.db, { ...named, id })
  expect(outcome).toMatchObject({
    winner: '1.0.1',
    production: '1.0.1',
    reason: '1.0.1 was right in 90.0 %, 1.0.2 was right in 65.0 %',
  })
  expect(await statuses()).toEqual({ '1.0.0': 'staging', '1.0.1': 'production', '1.0.2': 'testing' })
  const [ended] = await listAbTests(connection.db, endpointId)
  expect(ended!.decision.winner).toBe('1.0.1')
  expect(ended!.figures.map(({ labels, right }) => [labels, right])).toEqual([
    [400, 260],
    [400, 360],
  ])
})

test('a page that asks again counts what is new, what came late, and what was corrected', async () => {
  const { id } = await startAbTest(registry, { ...named, variants: even })
  const { sql } = connection
  const counts = async () => {
    const [running] = await listAbTests(connection.db, endpointId)
    return running?.figures.map(({ labels, right }) => [labels, right])
  }
  await answered(id, '1.0.2', { right: 3 })
  await sql`
    update feedback set created_at = now() - interval '10 minutes' where endpoint_id = ${endpointId}`
  await answered(id, '1.0.1', { right: 2, wrong: 1 })
  expect(await counts()).toEqual([
    [3, 3],
    [3, 2],
  ])
  // Those that ask at the same time count nothing twice.
  expect(await Promise.all([counts(), counts()])).toEqual([
    [
      [3, 3],
      [3, 2],
    ],
    [
      [3, 3],
      [3, 2],
    ],
  ])
  await answered(id, '1.0.1', { right: 1 })
  await sql`
    update feedback set created_at = now() - interval '30 seconds'
    where request_id = (
      select request_id from feedback where endpoint_id = ${endpointId} order by created_at desc limit 1)`
  expect(await counts()).toEqual([
    [3, 3],
    [4, 3],
  ])
  await sql`
    update feedback set "right" = false, changed_at = now()
    where request_id = (
      select request_id from feedback where endpoint_id = ${endpointId} order by created_at limit 1)`
  expect(await counts()).toEqual([
    [3, 2],
    [4, 3],
  ])
  expect(await counts()).toEqual([
    [3, 2],
    [4, 3],
  ])
})

test('a person may choose another winner', async () => {
  const { id } = await startAbTest(registry, { ...named, variants: even })
  const outcome = await endAbTest(connection.db, { ...named, id, winner: '1.0.1' })
  expect(outcome).toMatchObject({ winner: '1.0.1', production: '1.0.1', reason: 'chosen by a person' })
  expect(await statuses()).toMatchObject({ '1.0.1': 'production', '1.0.2': 'testing' })
})

test.each([
  [
    'the version in production must take part: 1.0.2',
    [
      { version: '1.0.0', weight: 1 },
      { version: '1.0.1', weight: 1 },
    ],
  ],
  ['no such version: income 9.0.0', [...even, { version: '9.0.0', weight: 1 }]],
  ['each version can take part once', [...even, even[0]!]],
])('refused: %s', async (message, variants) => {
  await expect(startAbTest(registry, { ...named, variants })).rejects.toThrow(message)
  expect(await statuses()).toEqual({ '1.0.0': 'staging', '1.0.1': 'staging', '1.0.2': 'production' })
})

test('a second test of an endpoint is refused while one runs', async () => {
  await startAbTest(registry, { ...named, variants: even })
  await expect(startAbTest(registry, { ...named, variants: even })).rejects.toThrow(
    'an A/B test of this endpoint runs already; end it first',
  )
})
