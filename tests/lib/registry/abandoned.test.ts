import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endpoints, modelVersions, workspaces } from '../../../drizzle/schema'
import { type Connection, connect } from '../../../lib/db'
import { rejectAbandoned } from '../../../lib/registry/abandoned'
import { freshDatabase } from '../../support/database'

let database: Awaited<ReturnType<typeof freshDatabase>>
let connection: Connection
beforeAll(async () => {
  database = await freshDatabase()
  connection = connect(database.url)
})
afterAll(async () => {
  await connection.close()
  await database.drop()
})

test('versions whose self-test was cut off are rejected, others stay', async () => {
  const { db } = connection
  const now = Date.now()
  const [workspace] = await db.insert(workspaces).values({ name: 'w', kind: 'personal' }).returning()
  const [endpoint] = await db
    .insert(endpoints)
    .values({ workspaceId: workspace!.id, name: `e-${randomUUID().slice(0, 8)}` })
    .returning()
  const version = (number: string, state: 'checking' | 'ready', minutesOld: number) => ({
    endpointId: endpoint!.id,
    version: number,
    state,
    artifact: 'a',
    artifactBytes: 1,
    schema: { input: { type: 'any' as const }, output: { type: 'any' as const } },
    environment: {},
    createdAt: new Date(now - minutesOld * 60_000),
  })
  await db
    .insert(modelVersions)
    .values([
      version('1.0.0', 'ready', 10),
      version('1.0.1', 'checking', 10),
      version('1.0.2', 'checking', 1),
    ])
  expect(await rejectAbandoned(db, now)).toBe(1)
  const rows = await db
    .select({
      version: modelVersions.version,
      state: modelVersions.state,
      rejection: modelVersions.rejection,
    })
    .from(modelVersions)
    .orderBy(modelVersions.version)
  expect(rows).toEqual([
    { version: '1.0.0', state: 'ready', rejection: null },
    {
      version: '1.0.1',
      state: 'rejected',
      rejection: 'the server stopped during its self-test: promote it again',
    },
    { version: '1.0.2', state: 'checking', rejection: null },
  ])
})
