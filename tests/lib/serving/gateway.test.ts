import { expect, test } from 'vitest'
import { ownRedis } from '../../support/redis'
import { call, newEndpoint, newWorkspace, schema, serve } from './support'
import { withGateway } from './with-gateway'

let other: Awaited<ReturnType<typeof newWorkspace>>
let twice: Awaited<ReturnType<typeof newEndpoint>>
const at = withGateway({
  async prepare({ connection, ada, make }) {
    other = await newWorkspace(connection)
    twice = await make('twice')
    await newEndpoint(connection, { workspaceId: ada.workspaceId, name: 'empty' })
  },
})

const predict = (body: unknown, more?: Parameters<typeof call>[2]) => at.ask('twice', body, more)
const error = (code: string, message: string, field?: string) => ({
  request_id: 'id',
  error: { code, message, ...(field ? { field } : {}) },
})

test('one record is answered with one prediction, with the version and a request id', async () => {
  const { status, body } = await predict({ x: 3 })
  expect({ status, body }).toEqual({
    status: 200,
    body: { request_id: 'id', version: '1.0.0', predictions: [{ twice: 6, bundle: 'double' }] },
  })
})

test('an array of records, and the same as instances, are answered in order', async () => {
  const predictions = [
    { twice: 2, bundle: 'double' },
    { twice: 4, bundle: 'double' },
  ]
  const body = { request_id: 'id', version: '1.0.0', predictions }
  expect((await predict([{ x: 1 }, { x: 2 }])).body).toEqual(body)
  expect((await predict({ instances: [{ x: 1 }, { x: 2 }] })).body).toEqual(body)
})

test('the list and the description of endpoints need a key, and show the schema', async () => {
  const list = await call(at.web.origin, '/api/v1/endpoints', { token: at.ada.token })
  expect(list.body).toEqual({
    request_id: 'id',
    endpoints: [
      { name: 'empty', version: null, schema: null },
      { name: 'twice', version: '1.0.0', schema },
    ],
  })
  const one = await call(at.web.origin, '/api/v1/twice', { token: at.ada.token })
  expect(one.body).toEqual({
    request_id: 'id',
    name: 'twice',
    version: '1.0.0',
    schema,
    example: { record: { x: 1 }, prediction: 2 },
  })
})

const noKey = 'no valid key: send the header Authorization: Bearer cellar_…, with a key from Settings'
const refusals: [string, () => Promise<{ status: number; body: unknown }>, number, object][] = [
  [
    'without a key: 401',
    () => call(at.web.origin, '/api/v1/twice/predict', { body: { x: 1 } }),
    401,
    error('unauthorized', noKey),
  ],
  [
    'with a wrong key: 401',
    () =>
      predict({ x: 1 }, { token: `${at.ada.token.slice(0, -1)}${at.ada.token.endsWith('0') ? '1' : '0'}` }),
    401,
    error('unauthorized', noKey),
  ],
  [
    'with another scheme: 401',
    () => predict({ x: 1 }, { headers: { authorization: 'Basic YTpi' } }),
    401,
    error('unauthorized', noKey),
  ],
  [
    'with a session cookie from another site: 403',
    () =>
      call(at.web.origin, '/api/v1/twice/predict', {
        body: { x: 1 },
        headers: { cookie: 'a=b', origin: 'https://evil.example' },
      }),
    403,
    error('cross_origin', 'a session counts only on its own pages, not from https://evil.example'),
  ],
  [
    'with a cookie that is no session: 401',
    () =>
      call(at.web.origin, '/api/v1/twice/predict', {
        body: { x: 1 },
        headers: { cookie: 'a=b', origin: at.web.origin },
      }),
    401,
    error('unauthorized', noKey),
  ],
  [
    'an endpoint that does not exist: 404',
    () => call(at.web.origin, '/api/v1/none/predict', { token: at.ada.token, body: { x: 1 } }),
    404,
    error('not_found', 'no such endpoint: none'),
  ],
  [
    'an endpoint whose name holds U+0000: 404',
    () => call(at.web.origin, '/api/v1/twice%00/predict', { token: at.ada.token, body: { x: 1 } }),
    404,
    error('not_found', 'no such endpoint: twice%00'),
  ],
  [
    'a version whose name holds U+0000: 404',
    () => call(at.web.origin, '/api/v1/twice/predict?version=1%00', { token: at.ada.token, body: { x: 1 } }),
    404,
    error('not_found', 'no such version of twice: 1\ufffd'),
  ],
  [
    "another workspace's endpoint: 404",
    () => predict({ x: 1 }, { token: other.token }),
    404,
    error('not_found', 'no such endpoint: twice'),
  ],
  [
    'an unknown path: 404',
    () => call(at.web.origin, '/api/v1/twice/predict/more', { token: at.ada.token, body: {} }),
    404,
    error('not_found', 'no such path: /api/v1/twice/predict/more'),
  ],
  [
    'predict with GET: 405',
    () => call(at.web.origin, '/api/v1/twice/predict', { token: at.ada.token }),
    405,
    error('method_not_allowed', 'use POST here, got GET'),
  ],
  [
    'an endpoint without a version: 409',
    () => call(at.web.origin, '/api/v1/empty/predict', { token: at.ada.token, body: { x: 1 } }),
    409,
    error('no_version', 'no version is in production; promote one for the endpoint: empty'),
  ],
  [
    'a body of another type: 415',
    () => predict('x=1', { headers: { 'content-type': 'text/plain' } }),
    415,
    error('unsupported_type', 'the content type must be application/json or text/csv, got text/plain'),
  ],
  [
    'a body over 10 MB: 413',
    () => predict(' '.repeat(10_000_001)),
    413,
    error('too_large', 'the body is too large: at most 10000000 bytes'),
  ],
  [
    'an empty body: 400',
    () => predict(''),
    400,
    error('bad_json', 'the body is empty; send one record as JSON'),
  ],
  [
    'NaN in JSON: 400 that says where',
    () => predict('{"x": NaN}'),
    400,
    error('bad_json', 'the body is not JSON: line 1, column 7: unexpected NaN'),
  ],
  [
    'JSON that ends too soon: 400 that says where',
    () => predict('{\n"x": 1'),
    400,
    error('bad_json', 'the body is not JSON: line 2, column 7: unexpected end'),
  ],
  [
    'a missing field: 400 that names it',
    () => predict({}),
    400,
    error('bad_record', 'x: missing: expected a number', 'x'),
  ],
  [
    'a wrong type in one of several records: 400 that names both',
    () => predict([{ x: 1 }, { x: 'one' }]),
    400,
    error('bad_record', 'record 1: x: expected a number, got "one"', 'x'),
  ],
  [
    'too many records: 400',
    () => predict(Array.from({ length: 1001 }, () => ({ x: 1 }))),
    400,
    error('bad_record', 'too many records: at most 1000 in a request, got 1001'),
  ],
  [
    'a record that the model refuses: 400',
    () => predict({ x: 1, bad: 'x is not a place' }),
    400,
    error('bad_record', 'x is not a place'),
  ],
  [
    'a record that makes the model throw: 500',
    () => predict({ x: 1, throws: 'cannot read y of undefined' }),
    500,
    error('model', 'cannot read y of undefined'),
  ],
  [
    'a record that ends the model: 500',
    () => predict({ x: 1, exit: 3 }),
    500,
    error('model', "the model's process ended: it ended with exit code 3"),
  ],
  [
    'a prediction that is not JSON: 500',
    () => predict({ x: 1, bigint: true }),
    500,
    error('model', 'the predictions are not JSON: Do not know how to serialize a BigInt'),
  ],
]
test.each(refusals)('%s', async (_title, ask, status, body) => {
  const answer = await ask()
  expect({ status: answer.status, body: answer.body }).toEqual({ status, body })
})

test('paths outside of the API are left to others', async () => {
  expect(await (await fetch(`${at.web.origin}/api/notebooks`)).text()).toBe('not the gateway')
})

test('records that the model cannot take fail alone, their neighbours in the batch are answered', async () => {
  const bodies = Array.from({ length: 40 }, (_, x) => (x % 10 === 7 ? { x, bad: `no ${x}` } : { x }))
  const answers = await Promise.all(bodies.map((body) => predict(body)))
  expect(answers.map(({ body }) => body)).toEqual(
    bodies.map(({ x }) =>
      x % 10 === 7
        ? error('bad_record', `no ${x}`)
        : { request_id: 'id', version: '1.0.0', predictions: [{ twice: 2 * x, bundle: 'double' }] },
    ),
  )
})

test('a row says where its time went: waiting for company, on the way, in the model', async () => {
  const { headers } = await predict({ x: 1 })
  const id = headers.get('x-request-id')!
  const read = () =>
    at.connection.sql`
      select batch_wait_ms >= 0 and queue_ms >= 0 and model_ms = 0.5
        and batch_wait_ms + queue_ms + model_ms <= latency_ms as adds_up
      from predictions where request_id = ${id}`
  await expect.poll(async () => [...(await read())]).toEqual([{ adds_up: true }])
})

test('with a share of 0 no answered request keeps what it held; refused ones do', async () => {
  const { name: artifact } = await at.home.artifacts.put(Buffer.from('double'))
  const { workspaceId, token } = at.ada
  const { endpointId } = await newEndpoint(at.connection, { workspaceId, name: 'sampled', artifact })
  await at.connection.sql`
    insert into log_settings (endpoint_id, sample_share, retention_days) values (${endpointId}, 0, 90)`
  for (const x of [1, 'one']) await call(at.web.origin, '/api/v1/sampled/predict', { token, body: { x } })
  const read = () =>
    at.connection.sql`
      select status, input, output, sampled, truncated from predictions
      where endpoint_id = ${endpointId} order by status`
  await expect
    .poll(async () => [...(await read())])
    .toEqual([
      { status: 200, input: null, output: null, sampled: false, truncated: false },
      { status: 400, input: { x: 'one' }, output: null, sampled: true, truncated: false },
    ])
})

test('every answer about a version leaves one row, refusals too, and large inputs are left out', async () => {
  await at.connection.sql`delete from predictions`
  const asked = [
    await predict({ x: 21 }),
    await predict({ x: 'a\\b\n\u0000' }),
    await predict({ x: 1, note: 'n'.repeat(70_000) }),
    await predict({ x: 1, bad: 'no' }),
  ]
  const ids = asked.map(({ headers }) => headers.get('x-request-id')!)
  const read = () =>
    at.connection.sql`
      select request_id, workspace_id, endpoint_id, version_id, version, token_id, status, records,
        latency_ms > 0 as timed, model_ms, batch_requests, input, output, error, truncated
      from predictions where request_id in ${at.connection.sql(ids)} order by request_id`
  await expect.poll(async () => (await read()).length).toBe(4)
  const { endpointId, versionId } = twice
  const common = {
    workspace_id: at.ada.workspaceId,
    endpoint_id: endpointId,
    version_id: versionId,
    version: '1.0.0',
    token_id: at.ada.tokenId,
    timed: true,
  }
  const predicted = { status: 200, records: 1, model_ms: 0.5, batch_requests: 1, error: null }
  expect([...(await read())]).toEqual([
    {
      ...common,
      ...predicted,
      request_id: ids[0],
      input: { x: 21 },
      output: [{ twice: 42, bundle: 'double' }],
      truncated: false,
    },
    {
      ...common,
      request_id: ids[1],
      status: 400,
      records: 0,
      model_ms: null,
      batch_requests: null,
      input: { x: 'a\\b\n\ufffd' },
      output: null,
      error: 'x: expected a number, got "a\\\\b\\n\\u0000"',
      truncated: false,
    },
    {
      ...common,
      ...predicted,
      request_id: ids[2],
      input: null,
      output: [{ twice: 2, bundle: 'double' }],
      truncated: true,
    },
    {
      ...common,
      request_id: ids[3],
      status: 400,
      records: 1,
      model_ms: 0,
      batch_requests: 1,
      input: { x: 1, bad: 'no' },
      output: null,
      error: 'no',
      truncated: false,
    },
  ])
})

test('a full queue answers 429 with Retry-After, and what was let in is answered', async () => {
  const small = await serve(at.connection, at.redisUrl, { maxWaiting: 2 })
  const ask = (sleepMs: number) =>
    call(small.origin, '/api/v1/twice/predict', { token: at.ada.token, body: { x: 1, sleepMs } })
  await ask(0)
  const answers = await Promise.all(Array.from({ length: 12 }, () => ask(300)))
  const refused = answers.filter(({ status }) => status === 429)
  // At most two jobs of two, and two that wait.
  expect(refused.length).toBeGreaterThanOrEqual(6)
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 429]))
  expect(refused[0]!.headers.get('retry-after')).toBe('1')
  expect(refused[0]!.body).toEqual(
    error('queue_full', 'too many requests wait for this model; try again in a second'),
  )
  await small.close()
})

test('with the workers stopped a request answers 504 after the deadline', async () => {
  const idle = await ownRedis()
  const alone = await serve(at.connection, idle, { deadlineMs: 400 })
  const { status, body } = await call(alone.origin, '/api/v1/twice/predict', {
    token: at.ada.token,
    body: { x: 1 },
  })
  expect({ status, body }).toEqual({
    status: 504,
    body: error('timeout', 'no worker answered within 0.4 s; are the workers running?'),
  })
  await alone.close()
})

test('without Redis a request answers 503', async () => {
  const alone = await serve(at.connection, 'redis://127.0.0.1:1')
  const { status, body } = await call(alone.origin, '/api/v1/twice/predict', {
    token: at.ada.token,
    body: { x: 1 },
  })
  expect({ status, body }).toEqual({
    status: 503,
    body: error('unavailable', 'the queue cannot be reached; try again in a second'),
  })
  await alone.close()
})

test('nothing of all this was worth a warning', () => {
  expect(at.web.warnings).toEqual([])
})
