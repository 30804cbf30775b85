import { describe, expect, test } from 'vitest'
import type { RecordSchema } from '../../../lib/protocol/schema'
import { newEndpoint, newVersion } from './support'
import { withGateway } from './with-gateway'

/** The same endpoint through every protocol: what it answers, and how each says no. */

const schema: RecordSchema = {
  input: {
    type: 'object',
    fields: { x: { type: 'number' }, note: { type: 'string', nullable: true } },
  },
  output: { type: 'object', fields: { twice: { type: 'number' }, bundle: { type: 'string' } } },
}

const at = withGateway({
  async prepare({ connection, ada: { workspaceId }, artifact }) {
    const { endpointId } = await newEndpoint(connection, { workspaceId, name: 'twice', artifact, schema })
    await newVersion(connection, { endpointId, artifact, version: '1.0.1', status: 'staging', schema })
  },
})

/** A request with the key: status and parsed body. */
async function ask(path: string, body?: unknown, headers: Record<string, string> = {}) {
  const raw = typeof body === 'string' || body instanceof Uint8Array
  const answer = await fetch(at.web.origin + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${at.ada.token}`, 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: (raw ? body : JSON.stringify(body)) as BodyInit }),
  })
  return { status: answer.status, body: (await answer.json()) as unknown }
}
const predictions = [
  { twice: 2, bundle: 'double' },
  { twice: 5, bundle: 'double' },
]

describe('Cellar’s own', () => {
  test.each([
    ['records', [{ x: 1 }, { x: 2.5 }], 'application/json'],
    ['columns', { columns: { x: [1, 2.5] } }, 'application/json'],
    ['CSV', 'x,note\n1,\n2.5,001\n', 'text/csv; charset=utf-8'],
  ])('%s are answered alike', async (_, body, type) => {
    const answer = await ask('/api/v1/twice/predict', body, { 'content-type': type })
    expect(answer).toMatchObject({ status: 200, body: { version: '1.0.0', predictions } })
  })

  test.each([
    ['version=1.0.1', { status: 200, body: { version: '1.0.1' } }],
    ['status=staging', { status: 200, body: { version: '1.0.1' } }],
    ['status=production', { status: 200, body: { version: '1.0.0' } }],
    [
      'status=testing',
      { status: 409, body: { error: { message: 'no version of twice has this status: testing' } } },
    ],
    ['version=2.0.0', { status: 404, body: { error: { message: 'no such version of twice: 2.0.0' } } }],
    [
      'status=best',
      {
        status: 400,
        body: {
          error: { message: 'expected a status of testing, staging, production, ab_testing, got best' },
        },
      },
    ],
  ])('a version is chosen by ?%s', async (query, expected) => {
    expect(await ask(`/api/v1/twice/predict?${query}`, { x: 1 })).toMatchObject(expected)
  })

  test.each([
    ['x\n1,2\n', 'line 2: expected 1 values as in the header, got 2'],
    ['x\nabc\n', 'x: expected a number, got "abc"'],
    ['x', 'the csv needs a line of names and at least one of values'],
  ])('the CSV %j is refused', async (body, message) => {
    const answer = await ask('/api/v1/twice/predict', body, { 'content-type': 'text/csv' })
    expect(answer).toMatchObject({ status: 400, body: { error: { message } } })
  })
})

describe('the Open Inference Protocol', () => {
  const infer = '/v2/models/twice/infer'
  const outputs = [
    { name: 'twice', shape: [2], datatype: 'FP64', data: [2, 5] },
    { name: 'bundle', shape: [2], datatype: 'BYTES', data: ['double', 'double'] },
  ]

  test('health and the server are told to everybody, a model to who may see it', async () => {
    for (const path of ['/v2/health/live', '/v2/health/ready'])
      expect(await (await fetch(at.web.origin + path)).json()).toEqual({ live: true, ready: true })
    expect(await (await fetch(`${at.web.origin}/v2`)).json()).toEqual({
      name: 'cellar',
      version: '2',
      extensions: ['binary_tensor_data'],
    })
    expect((await fetch(`${at.web.origin}/v2/models/twice`)).status).toBe(401)
    expect(await ask('/v2/models/twice/ready')).toEqual({ status: 200, body: { name: 'twice', ready: true } })
    expect(await ask('/v2/models/twice')).toEqual({
      status: 200,
      body: {
        name: 'twice',
        versions: ['1.0.1', '1.0.0'],
        platform: 'cellar',
        inputs: [
          { name: 'x', datatype: 'FP64', shape: [-1] },
          { name: 'note', datatype: 'BYTES', shape: [-1] },
        ],
        outputs: [
          { name: 'twice', datatype: 'FP64', shape: [-1] },
          { name: 'bundle', datatype: 'BYTES', shape: [-1] },
        ],
      },
    })
  })

  test('columns of any numeric type, flat or nested, are answered as columns', async () => {
    const inputs = [{ name: 'x', shape: [2, 1], datatype: 'FP32', data: [[1], [2.5]] }]
    expect(await ask(infer, { id: 'q1', inputs })).toEqual({
      status: 200,
      body: { model_name: 'twice', model_version: '1.0.0', id: 'q1', outputs },
    })
    expect(
      await ask('/v2/models/twice/versions/1.0.1/infer', { inputs, outputs: [{ name: 'twice' }] }),
    ).toMatchObject({ status: 200, body: { model_version: '1.0.1', outputs: [outputs[0]] } })
  })

  test('bytes behind the JSON are read, and answered so where that is asked for', async () => {
    const bytes = Buffer.alloc(8)
    bytes.writeFloatLE(1, 0)
    bytes.writeFloatLE(2.5, 4)
    const note = Buffer.from('\x01\0\0\0a\x02\0\0\0bc', 'latin1')
    const json = JSON.stringify({
      inputs: [
        { name: 'x', shape: [2], datatype: 'FP32', parameters: { binary_data_size: 8 } },
        { name: 'note', shape: [2], datatype: 'BYTES', parameters: { binary_data_size: note.length } },
      ],
      parameters: { binary_data_output: true },
    })
    const answer = await fetch(at.web.origin + infer, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${at.ada.token}`,
        'inference-header-content-length': String(Buffer.byteLength(json)),
      },
      body: Buffer.concat([Buffer.from(json), bytes, note]),
    })
    const body = Buffer.from(await answer.arrayBuffer())
    const length = Number(answer.headers.get('inference-header-content-length'))
    const head = JSON.parse(body.subarray(0, length).toString()) as { outputs: unknown }
    expect(head.outputs).toEqual([
      { name: 'twice', shape: [2], datatype: 'FP64', parameters: { binary_data_size: 16 } },
      { name: 'bundle', shape: [2], datatype: 'BYTES', parameters: { binary_data_size: 20 } },
    ])
    expect([body.readDoubleLE(length), body.readDoubleLE(length + 8)]).toEqual([2, 5])
    expect(body.subarray(length + 16).toString('latin1')).toBe('\x06\0\0\0double\x06\0\0\0double')
  })

  const x = { name: 'x', shape: [1], datatype: 'FP64', data: [1] }
  test.each([
    [{}, 'inputs: Invalid input: expected array, received undefined'],
    [{ inputs: [{ ...x, name: 'y' }, x] }, 'input "y": no such input; there are x, note'],
    [{ inputs: [{ ...x, shape: [2] }] }, 'input "x": its shape holds 2 values, its data 1'],
    [
      { inputs: [{ ...x, shape: [1, 2], data: [1, 2] }] },
      'input "x": expected one value for each record, got shape [1, 2]',
    ],
    [{ inputs: [{ ...x, data: ['a'] }] }, 'x: expected a number, got "a"'],
    [{ inputs: [x], outputs: [{ name: 'z' }] }, 'no such output: z; there are twice, bundle'],
  ])('%j is refused in the protocol’s own form', async (body, error) => {
    expect(await ask(infer, body)).toEqual({ status: 400, body: { error } })
  })
})

describe('TensorFlow Serving', () => {
  const predict = '/v1/models/twice:predict'

  test('instances are answered by row, inputs by column', async () => {
    expect(await ask(predict, { instances: [{ x: 1 }, { x: 2.5 }] })).toEqual({
      status: 200,
      body: { predictions },
    })
    expect(await ask(predict, { inputs: { x: [1, 2.5] } })).toEqual({
      status: 200,
      body: { outputs: { twice: [2, 5], bundle: ['double', 'double'] } },
    })
  })

  test('bare NaN is a missing value, Infinity is refused by name, texts that read so stay texts', async () => {
    const nan = '{"instances": [{"x": 1, "note": NaN}, {"x": 2.5, "note": "NaN"}]}'
    expect(await ask(predict, nan)).toEqual({ status: 200, body: { predictions } })
    expect(await ask(predict, '{"instances": [{"x": -Infinity}]}')).toEqual({
      status: 400,
      body: { error: 'x: expected a number, got -Infinity' },
    })
  })

  test('status, labels and metadata', async () => {
    expect(await ask('/v1/models/twice')).toEqual({
      status: 200,
      body: {
        model_version_status: ['1.0.1', '1.0.0'].map((version) => ({
          version,
          state: 'AVAILABLE',
          status: { error_code: 'OK', error_message: '' },
        })),
        name: 'twice',
        ready: true,
      },
    })
    expect(await ask('/v1/models/twice/labels/staging:predict', { instances: [{ x: 1 }] })).toMatchObject({
      status: 200,
    })
    expect(await ask('/v1/models/twice/metadata')).toMatchObject({
      status: 200,
      body: {
        model_spec: { name: 'twice', version: '1.0.0' },
        metadata: {
          signature_def: {
            signature_def: { serving_default: { inputs: { x: { dtype: 'DT_DOUBLE' } } } },
          },
        },
      },
    })
  })

  test('what is wrong is said in its own form', async () => {
    expect(await ask(predict, { instances: [], inputs: [] })).toEqual({
      status: 400,
      body: { error: 'expected exactly one of instances and inputs' },
    })
    expect(await ask('/v1/models/none:predict', { instances: [{ x: 1 }] })).toEqual({
      status: 404,
      body: { error: 'no such endpoint: none' },
    })
  })
})

describe('MLflow scoring', () => {
  const path = '/mlflow/twice/invocations'

  test.each([
    [
      'dataframe_split',
      {
        dataframe_split: {
          columns: ['x', 'note'],
          data: [
            [1, null],
            [2.5, 'a'],
          ],
        },
      },
    ],
    ['dataframe_records', { dataframe_records: [{ x: 1 }, { x: 2.5 }] }],
    ['instances', { instances: [{ x: 1 }, { x: 2.5 }] }],
    ['inputs', { inputs: { x: [1, 2.5] } }],
  ])('%s', async (_, body) => {
    expect(await ask(path, body)).toEqual({ status: 200, body: { predictions } })
  })

  test('CSV, and what its server says of itself', async () => {
    const csv = await ask(path, 'x\n1\n2.5\n', { 'content-type': 'text/csv' })
    expect(csv).toEqual({ status: 200, body: { predictions } })
    for (const verb of ['ping', 'health']) {
      const answer = await fetch(`${at.web.origin}/mlflow/twice/${verb}`)
      expect([answer.status, await answer.text()]).toEqual([200, '\n'])
    }
  })

  test.each([
    [{}, 'expected exactly one of dataframe_split, dataframe_records, instances, inputs'],
    [
      { dataframe_split: { columns: ['x'], data: [[1, 2]] } },
      'dataframe_split: row 0 has 2 values for 1 columns',
    ],
    [{ inputs: { x: [1], note: [] } }, 'note: columns must have one length, got 0 values, and 1 of x'],
  ])('%j is refused in its own form', async (body, message) => {
    expect(await ask(path, body)).toEqual({ status: 400, body: { error_code: 'BAD_REQUEST', message } })
  })
})
