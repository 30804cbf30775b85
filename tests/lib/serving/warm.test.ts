import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Connection, connect } from '../../../lib/db'
import { recordedRecords } from '../../../lib/serving/recorded'
import { workerHome } from '../../kernel/serve/support'
import { freshDatabase } from '../../support/database'
import { ownRedis } from '../../support/redis'
import { call, newEndpoint, newWorkspace, serve } from './support'

/** What a model is run with before its first caller. */

let connection: Connection
let database: Awaited<ReturnType<typeof freshDatabase>>
let home: Awaited<ReturnType<typeof workerHome>>
let web: Awaited<ReturnType<typeof serve>>
let ada: Awaited<ReturnType<typeof newWorkspace>>
let artifact: string

beforeAll(async () => {
  database = await freshDatabase()
  connection = connect(database.url)
  const redisUrl = await ownRedis()
  home = await workerHome(redisUrl, database.url)
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
const recorded = (versionId: string | undefined) => recordedRecords(connection.sql, versionId!)

test('a version is run with its example where nobody has asked yet, then with what was asked and answered', async () => {
  const { versionId } = await make('asked')
  expect(await recorded(versionId)).toEqual([{ x: 1 }])
  await ask('asked', { x: 7 })
  await ask('asked', [{ x: 8 }, { x: 9 }])
  await ask('asked', { x: 'no' })
  await ask('asked', { x: 1, note: 'n'.repeat(20_000) })
  await expect
    .poll(async () => (await recorded(versionId)).map((record) => (record as { x: number }).x).sort())
    .toEqual([7, 8, 9])
})

test('inputs that another endpoint was sent are not its own, and a version that is not there has none', async () => {
  const { versionId } = await make('other')
  expect(await recorded(versionId)).toEqual([{ x: 1 }])
  expect(await recorded(crypto.randomUUID())).toEqual([])
})

test('the first caller after a load meets a model that has run before', async () => {
  await make('first')
  const { body } = await ask('first', { x: 1, calls: true })
  const [{ calls }] = (body as { predictions: [{ calls: number }] }).predictions
  expect(calls).toBeGreaterThan(1)
})
