import { expect, test } from 'vitest'
import { place } from '../../../lib/serving/splits'
import { call, newVersion, newWorkspace } from './support'
import { withGateway } from './with-gateway'

let stranger: string
const at = withGateway({
  async prepare({ connection, artifact, make }) {
    const { sql } = connection
    stranger = (await newWorkspace(connection)).token
    const { endpointId, versionId } = await make('twice')
    const other = await newVersion(connection, {
      endpointId,
      artifact,
      version: '1.0.1',
      status: 'ab_testing',
    })
    const variants = [
      { versionId, version: '1.0.0', weight: 0.75 },
      { versionId: other, version: '1.0.1', weight: 0.25 },
    ]
    await sql`insert into ab_tests (endpoint_id, variants, sticky_header, min_labels)
      values (${endpointId}, ${JSON.stringify(variants)}::text::jsonb, 'x-user-id', 100)`
  },
})

const versionOf = async (headers: Record<string, string> = {}, query = '') => {
  const { token } = at.ada
  const path = `/api/v1/twice/predict${query}`
  const { body } = await call(at.web.origin, path, { token, body: { x: 1 }, headers })
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
  const { token } = at.ada
  const ask = async () =>
    (
      await fetch(`${at.web.origin}/api/v1/twice/predict`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: '{"x":2}',
      })
    ).headers.get('x-request-id')!
  const [one, two] = [await ask(), await ask()]
  const about = (id: string) => `/api/v1/twice/requests/${id}/feedback`
  expect(await call(at.web.origin, about(one), { token, body: { truth: { twice: 4 } } })).toMatchObject({
    status: 200,
    body: { kept: 1, unknown: [] },
  })
  const nobody = '01a1fe08-4c85-7e16-a917-8259834d207e'
  const bulk = [
    { request_id: two, truth: { twice: 4 } },
    { request_id: two, truth: { twice: 5 } },
    { request_id: nobody, truth: 1 },
  ]
  expect(
    await call(at.web.origin, '/api/v1/twice/feedback', { token, body: { feedback: bulk } }),
  ).toMatchObject({
    status: 200,
    body: { kept: 1, unknown: [nobody] },
  })
  const rows = await at.connection.sql`
    select request_id, "right" from feedback where request_id in ${at.connection.sql([one, two])} order by "right" desc`
  expect(rows.map((row) => [row.request_id, row.right])).toEqual([
    [one, true],
    [two, false],
  ])
  const refused = await call(at.web.origin, about(nobody), { token, body: { truth: 1 } })
  expect(refused).toMatchObject({
    status: 404,
    body: { error: { message: `no answered request of twice has this id: ${nobody}` } },
  })
  expect((await call(at.web.origin, about(one), { token: stranger, body: { truth: 1 } })).status).toBe(404)
  expect((await call(at.web.origin, about('x'), { token, body: { truth: 1 } })).status).toBe(400)
  expect((await call(at.web.origin, about(one), { token, body: {} })).status).toBe(400)
})
