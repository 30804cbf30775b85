import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Connection, connect } from '../../../lib/db'
import { readLogSettings, saveLogSettings } from '../../../lib/requests/settings'
import { sweepRequests } from '../../../lib/requests/sweep'
import { freshDatabase } from '../../support/database'
import { newEndpoint, newWorkspace } from '../serving/support'
import { logged, writeLog } from './support'

let database: Awaited<ReturnType<typeof freshDatabase>>
let connection: Connection

beforeAll(async () => {
  database = await freshDatabase()
  connection = connect(database.url)
})
afterAll(async () => {
  await connection?.close()
  await database?.drop()
})

const now = new Date('2026-11-21T12:00:00Z')

test('requests go with their feedback when they are older than their endpoint keeps them', async () => {
  const { db, sql } = connection
  const { workspaceId } = await newWorkspace(connection)
  const endpoint = async (name: string) => {
    const { endpointId, versionId } = await newEndpoint(connection, { workspaceId, name, artifact: 'a' })
    return { workspaceId, endpointId, versionId: versionId! }
  }
  const [week, usual] = [await endpoint('week'), await endpoint('usual')]
  expect(await readLogSettings(db, week.endpointId)).toEqual({ sampleShare: 1, retentionDays: 90 })
  await saveLogSettings(db, week.endpointId, { sampleShare: 0.5, retentionDays: 30 })
  await saveLogSettings(db, week.endpointId, { sampleShare: 1, retentionDays: 7 })
  // More than one statement deletes.
  const old = Array.from({ length: 6000 }, () => logged(week, '2026-11-14T11:59:59Z'))
  const kept = [logged(week, '2026-11-14T12:00:01Z'), logged(usual, '2026-08-23T12:00:01Z')]
  await writeLog(connection, [...old, ...kept, logged(usual, '2026-08-23T11:59:59Z')])
  for (const { requestId, endpointId } of [old[0]!, kept[0]!])
    await sql`insert into feedback (request_id, endpoint_id, truth, "right") values (${requestId}, ${endpointId}, '1', true)`

  expect(await sweepRequests(db, now)).toBe(6001)
  const left = await sql`select request_id from predictions order by created_at desc`
  expect(left.map(({ request_id }) => request_id)).toEqual(kept.map(({ requestId }) => requestId))
  expect((await sql`select request_id from feedback`).map(({ request_id }) => request_id)).toEqual([
    kept[0]!.requestId,
  ])
})

test('minutes are kept for three days and hours for 400', async () => {
  await sweepRequests(connection.db, now)
  const left = await connection.sql`
    select distinct resolution, start::date::text as day from prediction_rollups order by resolution, day`
  expect([...left]).toEqual([
    { resolution: 'hour', day: '2026-08-23' },
    { resolution: 'hour', day: '2026-11-14' },
  ])
})
