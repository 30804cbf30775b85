import { expect, test } from 'vitest'
import { readLimits, saveLimits } from '../../../lib/registry/limits'
import { noLimits } from '../../../lib/serving/limits'
import { setTokenRate } from '../../../lib/tokens/rate'
import { call, newWorkspace } from './support'
import { withGateway } from './with-gateway'

/** What an endpoint and a key are allowed, set in the database while the gateway runs. */

const at = withGateway()

test('an endpoint without limits has none of its own; those that were set are read back', async () => {
  const { endpointId } = await at.make('plain')
  expect(await readLimits(at.connection.db, endpointId)).toEqual(noLimits)
  const limits = { batchSize: 8, maxWaiting: 100, deadlineMs: 250, concurrency: 2 }
  await saveLimits(at.connection.db, endpointId, { ...limits, batchSize: 4 })
  await saveLimits(at.connection.db, endpointId, limits)
  expect(await readLimits(at.connection.db, endpointId)).toEqual(limits)
})

test('a deadline that is set while requests come counts for those that come later', async () => {
  const { endpointId } = await at.make('slow')
  expect((await at.ask('slow', { x: 1, sleepMs: 200 })).status).toBe(200)
  await saveLimits(at.connection.db, endpointId, { ...noLimits, deadlineMs: 50 })
  let answer = await at.ask('slow', { x: 1, sleepMs: 200 })
  while (answer.status === 200) answer = await at.ask('slow', { x: 1, sleepMs: 200 })
  expect({ status: answer.status, body: answer.body }).toEqual({
    status: 504,
    body: {
      request_id: 'id',
      error: { code: 'timeout', message: 'no worker answered within 0.05 s; are the workers running?' },
    },
  })
})

test('with a batch size of one, every request has a call of the model for itself', async () => {
  const { endpointId } = await at.make('single')
  await saveLimits(at.connection.db, endpointId, { ...noLimits, batchSize: 1 })
  const answers = await Promise.all(Array.from({ length: 20 }, (_, x) => at.ask('single', { x })))
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200))
  const read = () =>
    at.connection.sql`
      select batch_requests, count(*)::int as requests from predictions
      where endpoint_id = ${endpointId} group by batch_requests`
  await expect.poll(async () => [...(await read())]).toEqual([{ batch_requests: 1, requests: 20 }])
})

test('more than may wait are refused with 429 and Retry-After', async () => {
  const { endpointId } = await at.make('narrow')
  await saveLimits(at.connection.db, endpointId, { ...noLimits, batchSize: 1, maxWaiting: 3 })
  await at.ask('narrow', { x: 0 })
  const bodies = Array.from({ length: 30 }, (_, x) => ({ x, sleepMs: 20 }))
  const answers = await Promise.all(bodies.map((body) => at.ask('narrow', body)))
  const refused = answers.filter(({ status }) => status !== 200)
  expect(refused.length).toBeGreaterThan(0)
  expect(new Set(refused.map(({ status, headers }) => `${status} ${headers.get('retry-after')}`))).toEqual(
    new Set(['429 1']),
  )
})

test('a key with a rate gets its burst, then 429, and is told how it stands', async () => {
  const { token, tokenId } = await newWorkspace(at.connection)
  const list = () => call(at.web.origin, '/api/v1/endpoints', { token })
  await setTokenRate(tokenId, { perSecond: 0.01, burst: 2 }, at.connection.db)
  const answers = [await list(), await list(), await list()]
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 429])
  const { headers, body } = answers[2]!
  expect({
    body,
    retryAfter: headers.get('retry-after'),
    policy: headers.get('ratelimit-policy'),
    limit: headers.get('ratelimit'),
  }).toEqual({
    body: {
      request_id: 'id',
      error: {
        code: 'rate_limited',
        message: 'this key may send 0.01 requests a second and 2 at once; try again in 100 s',
      },
    },
    retryAfter: '100',
    policy: '"key";q=2;w=200',
    limit: '"key";r=0;t=200',
  })
})

test('a prediction with a key that has a rate says what is left', async () => {
  await at.make('told')
  const { tokenId, token } = at.ada
  await setTokenRate(tokenId, { perSecond: 1000, burst: 5000 }, at.connection.db)
  await expect
    .poll(async () => (await at.ask('told', { x: 1 }, { token })).headers.get('ratelimit-policy'))
    .toBe('"key";q=5000;w=5')
  await setTokenRate(tokenId, null, at.connection.db)
  await expect
    .poll(async () => (await at.ask('told', { x: 1 }, { token })).headers.get('ratelimit'))
    .toBe(null)
})
