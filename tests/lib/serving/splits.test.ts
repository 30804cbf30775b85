import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Connection, connect } from '../../../lib/db'
import { place } from '../../../lib/serving/splits'
import { workerHome } from '../../kernel/serve/support'
import { freshDatabase } from '../../support/database'
import { ownRedis } from '../../support/redis'
import { call, newEndpoint, newWorkspace, schema, serve } from './support'

let connection: Connection
let database: Awaited<ReturnType<typeof freshDatabase>>
let home: Awaited<ReturnType<typeof workerHome>>
let web: Awaited<ReturnType<typeof serve>>
let token: string
let stranger: string

beforeAll(async () => {
  database = await freshDatabase()
  connection = connect(database.url)
  const { sql } = connection
  const redisUrl = await ownRedis()
  home = await workerHome(redisUrl)
  const { name: artifact } = await home.artifacts.put(Buffer.from('double'))
  const ada = await newWorkspace(connection)
  token = ada.token
  stranger = (await newWorkspace(connection)).token
  const { endpointId, versionId } = await newEndpoint(connection, {
    workspaceId: ada.workspaceId,
    name: 'twice',
    artifact,
  })
  const [other] = await sql`
    insert into model_versions
      (endpoint_id, version, status, state, artifact, artifact_bytes, schema, environment)
    values (${endpointId}, '1.0.1', 'ab_testing', 'ready', ${artifact}, 1, ${JSON.stringify(schema)}::text::jsonb, '{}')
    returning id`
  const variants = [
    { versionId, version: '1.0.0', weight: 0.75 },
    { versionId: other!.id, version: '1.0.1', weight: 0.25 },
  ]
  await sql`insert into ab_tests (endpoint_id, variants, sticky_header, min_labels)
    values (${endpointId}, ${JSON.stringify(variants)}::text::jsonb, 'x-user-id', 100)`
  web = await serve(connection, redisUrl)
  await home.startWorker()
})
afterAll(async () => {
  await web?.close()
  await home?.close()
  await connection?.close()
  await database?.drop()
})

const versionOf = async (headers: Record<string, string> = {}, query = '') => {
  const { body } = await call(web.origin, `/api/v1/twice/predict${query}`, { token, body: { x: 1 }, headers })
  return (body as { version: string }).version
}

test('requests are shared by weight, and those of one person always alike', async () => {
  const people = Array.from({ length: 200 }, (_, i) => `person-${i}`)
  const first = await Promise.all(people.map((name) => versionOf({ 'x-user-id': name })))
  const again = await Promise.all(
    people.map((name) => versionOf({ 'x-user-id': name }, '?status=ab_testing')),
  )
  expect(again).toEqual(first)
  const challenger = first.filter((version) => version === '1.0.1').length
  expect(challenger).toBeGreaterThan(25)
  expect(challenger).toBeLessThan(80)
  expect(await versionOf({}, '?version=1.0.0')).toBe('1.0.0')
})

test('places of like texts are spread evenly', () => {
  const tenths = Array<number>(10).fill(0)
  for (let i = 0; i < 10_000; i++) tenths[Math.floor(place(`test:${i}`) * 10)]!++
  expect(Math.max(...tenths) - Math.min(...tenths)).toBeLessThan(200)
})

test('feedback is kept for the endpoint’s own answered requests, one by one and in bulk', async () => {
  const ask = async () =>
    (
      await fetch(`${web.origin}/api/v1/twice/predict`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: '{"x":2}',
      })
    ).headers.get('x-request-id')!
  const [one, two] = [await ask(), await ask()]
  const about = (id: string) => `/api/v1/twice/requests/${id}/feedback`
  expect(await call(web.origin, about(one), { token, body: { truth: { twice: 4 } } })).toMatchObject({
    status: 200,
    body: { kept: 1, unknown: [] },
  })
  const nobody = '01a1fe08-4c85-7e16-a917-8259834d207e'
  const bulk = [
    { request_id: two, truth: { twice: 4 } },
    { request_id: two, truth: { twice: 5 } },
    { request_id: nobody, truth: 1 },
  ]
  expect(await call(web.origin, '/api/v1/twice/feedback', { token, body: { feedback: bulk } })).toMatchObject(
    {
      status: 200,
      body: { kept: 1, unknown: [nobody] },
    },
  )
  const rows = await connection.sql`
    select request_id, "right" from feedback where request_id in ${connection.sql([one, two])} order by "right" desc`
  expect(rows.map((row) => [row.request_id, row.right])).toEqual([
    [one, true],
    [two, false],
  ])
  const refused = await call(web.origin, about(nobody), { token, body: { truth: 1 } })
  expect(refused).toMatchObject({
    status: 404,
    body: { error: { message: `no answered request of twice has this id: ${nobody}` } },
  })
  expect((await call(web.origin, about(one), { token: stranger, body: { truth: 1 } })).status).toBe(404)
  expect((await call(web.origin, about('x'), { token, body: { truth: 1 } })).status).toBe(400)
  expect((await call(web.origin, about(one), { token, body: {} })).status).toBe(400)
})
