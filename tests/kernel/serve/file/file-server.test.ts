import { createHash } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { fileContext } from '../../../../kernel/serve/file/file-context'
import { createFileServer } from '../../../../kernel/serve/file/file-server'
import type { ModelChild } from '../../../../kernel/serve/model-child'
import { createPool } from '../../../../kernel/serve/pool'
import { type BundleManifest, packBundle, unpackBundle } from '../../../../lib/registry/bundle-file'

const model = new Uint8Array([1, 2, 3])
const manifest: BundleManifest = {
  format: 'cellar-bundle-1',
  cellar: '0.1.0',
  endpoint: 'double',
  version: '1.0.2',
  createdAt: '2026-11-21T10:00:00.000Z',
  schema: {
    input: { type: 'object', fields: { x: { type: 'number' } } },
    output: { type: 'number' },
  },
  example: { record: { x: 1 }, prediction: 2 },
  environment: { node: 'v20' },
  artifact: createHash('sha256').update(model).digest('hex'),
}

/** Doubles `x`; throws at negative ones. */
function child(): ModelChild {
  let end = (_reason: string) => {}
  const ended = new Promise<string>((done) => {
    end = done
  })
  return {
    async predict(records) {
      const xs = (records as { x: number }[]).map(({ x }) => x)
      if (xs.some((x) => x < 0)) return { type: 'error', n: 1, code: 'model', message: 'x is negative' }
      return { type: 'predictions', n: 1, predictions: xs.map((x) => 2 * x), ms: 1 }
    },
    memory: () => 0,
    dead: () => false,
    kill: () => end('killed'),
    ended,
  }
}

let close = async () => {}
afterEach(async () => {
  await close()
  close = async () => {}
})

async function serve() {
  const pool = createPool({ start: async () => child() })
  const server = createFileServer(
    manifest,
    fileContext(manifest, pool, { origin: 'http://127.0.0.1:0', warn: () => {} }),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  close = async () => {
    server.close()
    server.closeAllConnections()
    await pool.close()
  }
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return async (path: string, body?: unknown) => {
    const response = await fetch(`${origin}${path}`, {
      ...(body !== undefined && {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    })
    const text = await response.text()
    const answer = text.startsWith('{') || text.startsWith('[') ? (JSON.parse(text) as object) : text
    const { request_id: _, ...rest } = answer as { request_id?: string }
    return { status: response.status, answer: typeof answer === 'string' ? answer : rest }
  }
}

test('a bundle is served at a port of its own, without a key', async () => {
  const ask = await serve()
  expect(await ask('/health')).toEqual({
    status: 200,
    answer: { status: 'ok', endpoint: 'double', version: '1.0.2' },
  })
  expect(await ask('/predict', { x: 3 })).toEqual({
    status: 200,
    answer: { version: '1.0.2', predictions: [6] },
  })
  expect(await ask('/')).toEqual({
    status: 200,
    answer: { name: 'double', version: '1.0.2', schema: manifest.schema, example: manifest.example },
  })
})

test('it speaks the other protocols as the gateway does', async () => {
  const ask = await serve()
  expect((await ask('/v2/health/ready')).status).toBe(200)
  const v2 = { inputs: [{ name: 'x', shape: [2], datatype: 'FP64', data: [1, 2] }] }
  expect(await ask('/v2/models/double/infer', v2)).toMatchObject({
    status: 200,
    answer: { model_name: 'double', outputs: [{ datatype: 'FP64', data: [2, 4] }] },
  })
  expect(await ask('/v1/models/double:predict', { instances: [{ x: 4 }] })).toEqual({
    status: 200,
    answer: { predictions: [8] },
  })
  expect(await ask('/invocations', { dataframe_records: [{ x: 5 }] })).toEqual({
    status: 200,
    answer: { predictions: [10] },
  })
})

test('what it cannot answer is refused by its cause', async () => {
  const ask = await serve()
  const code = async (path: string, body?: unknown) => {
    const { status, answer } = await ask(path, body)
    return [status, (answer as { error: { code: string; message: string } }).error.message]
  }
  expect(await code('/predict', { y: 3 })).toEqual([400, expect.stringContaining('x')])
  expect(await code('/predict', { x: -1 })).toEqual([500, 'x is negative'])
  expect(await code('/predict')).toEqual([405, 'use POST here, got GET'])
  expect(await code('/elsewhere')).toEqual([404, 'no such path: /elsewhere'])
  expect((await ask('/v2/models/other/infer', {})).status).toBe(404)
})

test('a bundle comes back as it was packed, and a damaged one is refused', async () => {
  const file = await packBundle(manifest, model)
  const { manifest: read, model: bytes } = await unpackBundle(file)
  expect([read, Array.from(bytes)]).toEqual([manifest, [1, 2, 3]])
  await expect(unpackBundle(await packBundle(manifest, new Uint8Array([9])))).rejects.toThrow(
    'the bundle is damaged: its model is not the one that it names; export it again',
  )
  await expect(unpackBundle(new Uint8Array([1, 2, 3]))).rejects.toThrow(
    /^the file is no bundle of Cellar, it cannot be unpacked/,
  )
})
