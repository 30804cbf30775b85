import { afterAll, beforeAll, expect, test } from 'vitest'
import { call } from '../support'
import { type JobBody, jobsBench } from './support'

let at: Awaited<ReturnType<typeof jobsBench>>
let runner: Awaited<ReturnType<typeof at.startRunner>>

beforeAll(async () => {
  at = await jobsBench()
  runner = await at.startRunner()
  await at.home.startWorker()
})
afterAll(async () => {
  await runner?.close()
  await at?.close()
})

const submit = async (body: unknown, headers: Record<string, string> = {}) => {
  const answer = await at.api('predict', { body, headers: { prefer: 'respond-async', ...headers } })
  return { ...answer, id: (answer.body as JobBody).job?.id }
}
const refused = (status: number, code: string, message: string, field?: string) => ({
  status,
  body: { request_id: 'id', error: { code, message, ...(field && { field }) } },
})
const plain = ({ status, body }: { status: number; body: unknown }) => ({ status, body })

test('a caller that does not wait gets 202, where to ask, and later the predictions', async () => {
  const { status, headers, id } = await submit([{ x: 1 }, { x: 2 }])
  expect({
    status,
    location: headers.get('location'),
    retryAfter: headers.get('retry-after'),
    applied: headers.get('preference-applied'),
  }).toEqual({
    status: 202,
    location: `/api/v1/twice/jobs/${id}`,
    retryAfter: '1',
    applied: 'respond-async',
  })
  const { job, predictions } = await at.job(id)
  expect({ job, predictions }).toEqual({
    job: {
      id,
      kind: 'request',
      status: 'done',
      version: '1.0.0',
      name: null,
      format: null,
      bytes: 17,
      rows: { total: 2, done: 2, failed: 0 },
      failures: [],
      error: null,
      created_at: expect.any(String),
      started_at: expect.any(String),
      ended_at: expect.any(String),
      expires_at: expect.any(String),
    },
    predictions: [
      { twice: 2, bundle: 'double' },
      { twice: 4, bundle: 'double' },
    ],
  })
})

test('?async=true asks for the same', async () => {
  const { status } = await at.api('predict?async=true', { body: { x: 1 } })
  expect(status).toBe(202)
})

test('its log row has the id of the job', async () => {
  const { id } = await submit({ x: 21 })
  await at.job(id)
  await expect
    .poll(() => at.sql`select status, output from predictions where request_id = ${id}`)
    .toEqual([{ status: 200, output: [{ twice: 42, bundle: 'double' }] }])
})

test('what the model refuses is a failed job', async () => {
  const { id } = await submit({ x: 1, bad: 'not this one' })
  const { job } = await at.job(id)
  expect({ status: job.status, error: job.error, rows: job.rows }).toEqual({
    status: 'failed',
    error: 'not this one',
    rows: { total: 1, done: 1, failed: 1 },
  })
})

test('a record that does not fit is refused at once', async () => {
  expect(plain(await submit({ x: 'one' }))).toEqual(
    refused(400, 'bad_record', 'x: expected a number, got "one"', 'x'),
  )
})

test('the same Idempotency-Key gives the same job, and only for the same request', async () => {
  const key = { 'idempotency-key': crypto.randomUUID() }
  const first = await submit({ x: 5 }, key)
  const again = await submit({ x: 5 }, key)
  expect({ id: again.id, replayed: again.headers.get('idempotent-replayed') }).toEqual({
    id: first.id,
    replayed: 'true',
  })
  expect(plain(await submit({ x: 6 }, key))).toEqual(
    refused(
      422,
      'idempotency_key_reused',
      `this Idempotency-Key was used for another request; send a new one: ${key['idempotency-key']}`,
    ),
  )
})

test('requests with one key that come at once make one job', async () => {
  const key = { 'idempotency-key': crypto.randomUUID() }
  const ids = await Promise.all(Array.from({ length: 8 }, async () => (await submit({ x: 5 }, key)).id))
  expect(new Set(ids).size).toBe(1)
})

test('a job is cancelled, and cancelled again without harm', async () => {
  const { id } = await submit({ x: 1, sleepMs: 1500 })
  const cancelled = await at.api(`jobs/${id}`, { method: 'DELETE' })
  const again = await at.api(`jobs/${id}/cancel`, { method: 'POST' })
  const statusOf = ({ status, body }: { status: number; body: unknown }) => [
    status,
    (body as JobBody).job.status,
  ]
  expect([statusOf(cancelled), statusOf(again)]).toEqual([
    [200, 'cancelled'],
    [200, 'cancelled'],
  ])
})

test('a job that is done cannot be cancelled', async () => {
  const { id } = await submit({ x: 1 })
  await at.job(id)
  expect(plain(await at.api(`jobs/${id}`, { method: 'DELETE' }))).toEqual(
    refused(409, 'ended', 'the job has ended and cannot be cancelled: done'),
  )
})

test('unknown jobs, and those of another workspace, do not exist', async () => {
  const { id } = await submit({ x: 1 })
  const unknown = crypto.randomUUID()
  expect(plain(await at.api(`jobs/${unknown}`))).toEqual(
    refused(404, 'not_found', `no such job of twice: ${unknown}`),
  )
  expect(plain(await at.api('jobs/nonsense'))).toEqual(
    refused(404, 'not_found', 'no such job of twice: nonsense'),
  )
  for (const method of ['GET', 'DELETE'])
    expect(
      plain(await call(at.web.origin, `/api/v1/twice/jobs/${id}`, { token: at.other.token, method })),
    ).toEqual(refused(404, 'not_found', `no such job of twice: ${id}`))
})

test('the list has the newest first', async () => {
  const older = await submit({ x: 1 })
  const newer = await submit({ x: 2 })
  const { body } = await at.api('jobs?limit=2')
  expect((body as { jobs: { id: string }[] }).jobs.map(({ id }) => id)).toEqual([newer.id, older.id])
})

test.each([
  ['an address that is none', 'nonsense', 'callback_url: not an address: nonsense'],
  [
    'a file',
    'file:///etc/passwd',
    'callback_url: only http and https addresses are called: file:///etc/passwd',
  ],
])('%s is no callback', async (_, url, message) => {
  const path = `predict?async=true&callback_url=${encodeURIComponent(url)}`
  expect(plain(await at.api(path, { body: { x: 1 } }))).toEqual(refused(400, 'bad_callback_url', message))
})

test('a callback needs a key that signs it', async () => {
  const path = `predict?async=true&callback_url=${encodeURIComponent('https://example.com/done')}`
  expect(plain(await at.api(path, { body: { x: 1 } }))).toEqual(
    refused(
      409,
      'no_webhook_key',
      'reports are signed with a key that the receiver knows; make it in the settings of the endpoint first',
    ),
  )
})
