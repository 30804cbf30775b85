import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { connect as connectSocket } from 'node:net'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { RecordSchema } from '../../../lib/protocol/schema'
import { revokeToken } from '../../../lib/tokens/revoke'
import { root } from '../../support/paths'
import { newEndpoint, newWorkspace } from './support'
import { withGateway } from './with-gateway'

/** What a client can get wrong, in every protocol: a 4xx in that protocol's own form, which says what to change. */

const schema: RecordSchema = {
  input: {
    type: 'object',
    fields: { x: { type: 'number' }, inside: { type: 'any', nullable: true } },
  },
  output: { type: 'object', fields: { twice: { type: 'number' }, bundle: { type: 'string' } } },
}

let foreign: string
let revoked: string
const at = withGateway({
  async prepare({ connection, ada: { workspaceId }, artifact }) {
    foreign = (await newWorkspace(connection)).token
    const former = await newWorkspace(connection)
    revoked = former.token
    await revokeToken(former.tokenId, connection.db)
    await newEndpoint(connection, { workspaceId, name: 'twice', artifact, schema })
    await newEndpoint(connection, { workspaceId, name: 'empty' })
  },
  options: () => ({ bodyMs: 300 }),
})

type Protocol = {
  path(endpoint: string): string
  /** A question with these records. */
  write(records: { x: unknown; inside?: unknown }[]): unknown
  /** The message of a refusal that has the protocol's form, and nothing beside. */
  read(body: unknown): string
  version?(endpoint: string, version: string): string
  status?(endpoint: string, status: string): string
}

const protocols: Record<string, Protocol> = {
  Cellar: {
    path: (endpoint) => `/api/v1/${endpoint}/predict`,
    write: (records) => records,
    read(body) {
      const { request_id, error } = body as {
        request_id: string
        error: { code: string; message: string; field?: string }
      }
      const { field } = error
      expect(body).toEqual({
        request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        error: { code: expect.stringMatching(/^[a-z_]+$/), message: error.message, ...(field && { field }) },
      })
      expect(request_id).not.toBe('')
      return error.message
    },
    version: (endpoint, version) => `/api/v1/${endpoint}/predict?version=${version}`,
    status: (endpoint, status) => `/api/v1/${endpoint}/predict?status=${status}`,
  },
  'Open Inference': {
    path: (endpoint) => `/v2/models/${endpoint}/infer`,
    write: (records) => ({
      inputs: [
        { name: 'x', shape: [records.length], datatype: 'FP64', data: records.map(({ x }) => x) },
        ...(records.some(({ inside }) => inside !== undefined)
          ? [
              {
                name: 'inside',
                shape: [records.length],
                datatype: 'BYTES',
                data: records.map(({ inside }) => JSON.stringify(inside ?? null)),
              },
            ]
          : []),
      ],
    }),
    read: readError,
    version: (endpoint, version) => `/v2/models/${endpoint}/versions/${version}/infer`,
  },
  'TensorFlow Serving': {
    path: (endpoint) => `/v1/models/${endpoint}:predict`,
    write: (records) => ({ instances: records }),
    read: readError,
    version: (endpoint, version) => `/v1/models/${endpoint}/versions/${version}:predict`,
    status: (endpoint, status) => `/v1/models/${endpoint}/labels/${status}:predict`,
  },
  MLflow: {
    path: (endpoint) => `/mlflow/${endpoint}/invocations`,
    write: (records) => ({ dataframe_records: records }),
    read(body) {
      const { message } = body as { message: string }
      expect(body).toEqual({ error_code: expect.stringMatching(/^[A-Z_]+$/), message })
      return message
    },
  },
}

function readError(body: unknown) {
  const { error } = body as { error: string }
  expect(body).toEqual({ error })
  return error
}

type Ask = { path?: string; key?: string; body?: string | Uint8Array; headers?: Record<string, string> }

async function ask(protocol: Protocol, { path, key = at.ada.token, body, headers }: Ask) {
  const answer = await fetch(at.web.origin + (path ?? protocol.path('twice')), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(key && { authorization: `Bearer ${key}` }),
      ...headers,
    },
    body: (body ?? good(protocol)) as BodyInit,
  })
  return read(protocol, answer.status, await answer.text())
}

/** Status and message, once the answer was found to have the protocol's form and to tell nothing of the inside. */
function read(protocol: Protocol, status: number, said: string) {
  for (const secret of [root, process.cwd(), 'node_modules', '.ts:', '.js:', '\\n    at ', 'inside:'])
    expect(said).not.toContain(secret)
  return { status, message: protocol.read(JSON.parse(said)) }
}

const good = (protocol: Protocol) => JSON.stringify(protocol.write([{ x: 1 }]))
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
const noKey = 'no valid key: send the header Authorization: Bearer cellar_…, with a key from Settings'

type Case = [what: string, ask: (protocol: Protocol) => Ask, status: number, message: string | RegExp]
const cases: Case[] = [
  ['no key', () => ({ key: '' }), 401, noKey],
  ['a key that never was', () => ({ key: 'cellar_0000000000000000_0' }), 401, noKey],
  ['a revoked key', () => ({ key: revoked }), 401, noKey],
  ['another workspace’s key', () => ({ key: foreign }), 404, 'no such endpoint: twice'],
  ['an unknown endpoint', (p) => ({ path: p.path('none') }), 404, 'no such endpoint: none'],
  [
    'an endpoint with no production',
    (p) => ({ path: p.path('empty') }),
    409,
    'no version is in production; promote one for the endpoint: empty',
  ],
  ['an empty body', () => ({ body: '' }), 400, 'the body is empty; send one record as JSON'],
  [
    'a body that is no JSON',
    () => ({ body: '{"x": 1,}' }),
    400,
    'the body is not JSON: line 1, column 9: unexpected }',
  ],
  [
    'bytes that are no text',
    () => ({ body: Uint8Array.of(0x22, 0xff, 0x22) }),
    400,
    'the body is not JSON: its bytes are not UTF-8',
  ],
  ['a number alone', () => ({ body: '5' }), 400, /expected/],
  ['null', () => ({ body: 'null' }), 400, /expected/],
  [
    'JSON of a hundred thousand levels',
    () => ({ body: nested(100_000) }),
    400,
    'the body nests too deeply: at most 100 arrays and objects',
  ],
  [
    'a field of a thousand levels',
    (p) => ({ body: JSON.stringify(p.write([{ x: 1, inside: JSON.parse(nested(1000)) }])) }),
    400,
    /too deeply: at most 100 arrays and objects$/,
  ],
  [
    'a text for a number',
    (p) => ({ body: JSON.stringify(p.write([{ x: 'one' }])) }),
    400,
    'x: expected a number, got "one"',
  ],
  [
    'a number beyond all numbers',
    (p) => ({ body: good(p).replace(/1(?=[}\]])(?!.*1[}\]])/, '1e999') }),
    400,
    'x: expected a number, got Infinity',
  ],
  [
    'more records than a request may hold',
    (p) => ({ body: JSON.stringify(p.write(Array.from({ length: 1001 }, () => ({ x: 1 })))) }),
    400,
    /too many records: at most 1000 in a request, got 1001$/,
  ],
  [
    'another charset',
    () => ({ headers: { 'content-type': 'application/json; charset=iso-8859-1' } }),
    415,
    'the body must be UTF-8, got iso-8859-1',
  ],
  [
    'another compression',
    () => ({ headers: { 'content-encoding': 'br' } }),
    415,
    'send the body as it is or with content-encoding gzip, got br',
  ],
  [
    'gzip that is none',
    () => ({ headers: { 'content-encoding': 'gzip' } }),
    400,
    'the body is not gzip, as content-encoding says: incorrect header check',
  ],
  [
    'a gzip bomb: 100 MB in 100 kB',
    () => ({ body: gzipSync(Buffer.alloc(100_000_000, ' ')), headers: { 'content-encoding': 'gzip' } }),
    413,
    'the unpacked body is too large: at most 10000000 bytes',
  ],
]

describe.each(Object.entries(protocols))('%s', (_name, protocol) => {
  test.each(cases)('%s', async (_what, make, status, message) => {
    const answer = await ask(protocol, make(protocol))
    expect(answer).toEqual({
      status,
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    })
  })

  test('a packed question is answered as it is', async () => {
    const answer = await fetch(at.web.origin + protocol.path('twice'), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${at.ada.token}`,
        'content-type': 'application/json',
        'content-encoding': 'gzip',
      },
      body: gzipSync(good(protocol)),
    })
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('double')
  })

  test('100 MB are refused before they are sent', async () => {
    const request = post(protocol, { 'content-length': '100000000' })
    request.flushHeaders()
    const [response] = await once(request, 'response')
    const said = await text(response)
    expect({ ...read(protocol, response.statusCode, said), connection: response.headers.connection }).toEqual(
      {
        status: 413,
        message: 'the body is too large: at most 10000000 bytes',
        connection: 'close',
      },
    )
    request.destroy()
  })

  test('100 MB of which nobody said how many they are, are refused after ten', async () => {
    const request = post(protocol, {})
    const part = Buffer.alloc(1_000_000, ' ')
    let written = 0
    const answered = once(request, 'response')
    const write = () => {
      if (written++ < 100 && !request.destroyed) request.write(part, () => write())
    }
    write()
    const [response] = await answered
    expect(read(protocol, response.statusCode, await text(response))).toEqual({
      status: 413,
      message: 'the body is too large: at most 10000000 bytes',
    })
    request.destroy()
    expect(written).toBeLessThan(100)
  })

  test('a body that comes a byte now and then is refused, and its connection closed', async () => {
    const { hostname, port } = new URL(at.web.origin)
    const socket = connectSocket(Number(port), hostname)
    socket.write(
      `POST ${protocol.path('twice')} HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${at.ada.token}\r\n` +
        'content-type: application/json\r\ncontent-length: 1000\r\n\r\n{',
    )
    const said = await text(socket)
    const [head = '', body = ''] = said.split('\r\n\r\n')
    expect(read(protocol, Number(head.slice(9, 12)), body)).toEqual({
      status: 408,
      message: 'the body did not come within 0.3 s',
    })
  })

  test('another method', async () => {
    const answer = await fetch(at.web.origin + protocol.path('twice'), {
      headers: { authorization: `Bearer ${at.ada.token}` },
    })
    expect(answer.headers.get('allow')).toBe('POST')
    expect(read(protocol, answer.status, await answer.text())).toEqual({
      status: 405,
      message: 'use POST here, got GET',
    })
  })

  const { version, status } = protocol
  test.runIf(version)('an unknown version', async () => {
    expect(await ask(protocol, { path: version!('twice', '9.9.9') })).toEqual({
      status: 404,
      message: 'no such version of twice: 9.9.9',
    })
  })

  test.runIf(status)('a status that no version has, and one that there is none of', async () => {
    expect(await ask(protocol, { path: status!('twice', 'staging') })).toEqual({
      status: 409,
      message: 'no version of twice has this status: staging',
    })
    expect(await ask(protocol, { path: status!('twice', 'stable') })).toEqual({
      status: 400,
      message: 'expected a status of testing, staging, production, ab_testing, got stable',
    })
  })
})

test.each(['Cellar', 'MLflow'])('%s reads JSON and CSV only', async (name) => {
  const answer = await ask(protocols[name]!, { headers: { 'content-type': 'text/xml' } })
  expect(answer).toEqual({
    status: 415,
    message: expect.stringMatching(/application\/json .*got text\/xml$/),
  })
})

test.each([
  [
    'a shape that holds more than was sent',
    { shape: [2], datatype: 'FP64', data: [1] },
    'input "x": its shape holds 2 values, its data 1',
  ],
  [
    'a shape of a billion places without values',
    { shape: [1e9, 0], datatype: 'FP64', data: [] },
    'input "x": too many records: at most 1000 in a request, got 1000000000',
  ],
  [
    'a shape without values inside',
    { shape: [1, 1e9, 0], datatype: 'FP64', data: [] },
    'input "x": only the first dimension may be 0',
  ],
  [
    'bytes that are not there',
    { shape: [1], datatype: 'FP64', parameters: { binary_data_size: 8 } },
    'input "x": its bytes are missing at the end of the body',
  ],
  [
    'an input that there is none of',
    { name: 'z', shape: [1], datatype: 'FP64', data: [1] },
    'input "z": no such input; there are x, inside',
  ],
])('Open Inference: %s', async (_what, input, message) => {
  const protocol = protocols['Open Inference']!
  const inputs = [
    { name: 'x', ...input },
    { name: 'inside', shape: [1], datatype: 'BYTES', data: ['1'] },
  ]
  expect(await ask(protocol, { body: JSON.stringify({ inputs }) })).toEqual({ status: 400, message })
})

function post(protocol: Protocol, headers: Record<string, string>) {
  const request = httpRequest(at.web.origin + protocol.path('twice'), {
    method: 'POST',
    headers: { authorization: `Bearer ${at.ada.token}`, 'content-type': 'application/json', ...headers },
  })
  // What is written after the answer meets a closed connection.
  request.on('error', () => {})
  return request
}
