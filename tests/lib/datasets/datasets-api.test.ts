import { createHash } from 'node:crypto'
import { tableFromIPC } from '@uwdata/flechette'
import { expect, test } from 'vitest'
import { versionHash } from '../../../lib/datasets/hash'
import { addPerson } from '../../support/people'
import { withDatasetsApi } from './with-datasets-api'

let reading: string
let changing: string
let foreign: string
const at = withDatasetsApi(async ({ db, key }) => {
  reading = await key('read')
  changing = await key('write')
  foreign = await key('write', await addPerson(db, 'Bea'))
})

const ask = (path: string, token = reading, init: RequestInit = {}) =>
  fetch(`${at.web.origin}/api/v1/${path}`, {
    ...init,
    headers: { authorization: `Bearer ${token}`, ...(init.headers as Record<string, string>) },
  })
const push = (path: string, body: string, token = changing) =>
  ask(`datasets/${path}`, token, { method: 'POST', headers: { 'content-type': 'text/csv' }, body })
const told = async (answer: Promise<Response>) => {
  const { request_id: _, ...body } = (await (await answer).json()) as Record<string, unknown>
  return body
}
const refusal = async (answer: Promise<Response>) => {
  const response = await answer
  const { error } = (await response.json()) as { error: { code: string; message: string } }
  return `${response.status} ${error.code}: ${error.message}`
}

const csv = 'id,day,name\n1,2024-01-31,a\n2,2024-02-01,"b, c"\n'
const columns = [
  { name: 'id', type: 'integer', nullable: false },
  { name: 'day', type: 'date', nullable: false },
  { name: 'name', type: 'text', nullable: false },
]

test('a file is pushed as a new data set, then as its next version, which keeps its types', async () => {
  const first = await push('plants/versions?message=spring', csv)
  expect([first.status, first.headers.get('location')]).toEqual([201, '/api/v1/datasets/plants/versions/1'])
  expect(await first.json()).toEqual({
    request_id: expect.any(String),
    dataset: 'plants',
    version: 1,
    parent: null,
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    rows: 2,
    columns,
    base: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/), bytes: expect.any(Number) },
    changes: null,
    origin: 'push',
    message: 'spring',
    created_at: expect.any(String),
  })
  expect(await told(push('plants/versions?parent=1', 'id,day,name\n3,2024-03-01,7\n'))).toMatchObject({
    version: 2,
    parent: 1,
    columns,
  })
  const { datasets } = await told(ask('datasets'))
  expect(datasets).toEqual([
    expect.objectContaining({ name: 'plants', version: 2, rows: 1, columns: 3, description: '' }),
  ])
  const { versions } = (await told(ask('datasets/plants/versions'))) as { versions: object[] }
  expect(versions).toMatchObject([
    { version: 2, parent: 1 },
    { version: 1, parent: null, message: 'spring' },
  ])
})

test('a version made of one that is no longer the newest is refused', async () => {
  expect(await refusal(push('plants/versions?parent=1', csv))).toBe(
    '409 newer_version: a newer version was made meanwhile, look at it first: version 2',
  )
  expect(await refusal(push('plants/versions?parent=0', csv))).toBe(
    '409 name_taken: there is a data set of this name; choose another, or add a version to it: plants',
  )
  expect(await refusal(push('weeds/versions?parent=1', csv))).toBe(
    '404 not_found: there is no data set of this name: weeds',
  )
})

test('a version comes as CSV, Parquet and Arrow, whole or from a byte on', async () => {
  const text = await ask('datasets/plants/versions/1/download?format=csv')
  expect([text.headers.get('content-type'), await text.text()]).toEqual(['text/csv; charset=utf-8', csv])
  const parquet = await ask('datasets/plants/download?version=1')
  const whole = Buffer.from(await parquet.arrayBuffer())
  expect([whole.subarray(0, 4).toString(), parquet.headers.get('content-disposition')]).toEqual([
    'PAR1',
    'attachment; filename="plants-1.parquet"',
  ])
  const rest = await ask('datasets/plants/download?version=1', reading, {
    headers: { range: 'bytes=4-', 'if-range': parquet.headers.get('etag')! },
  })
  expect([rest.status, Buffer.from(await rest.arrayBuffer())]).toEqual([206, whole.subarray(4)])
  const arrow = await ask('datasets/plants/download?version=1&format=arrow')
  const table = tableFromIPC(new Uint8Array(await arrow.arrayBuffer()), { useDate: true })
  expect(table.toArray()).toEqual([
    { id: 1, day: new Date('2024-01-31'), name: 'a' },
    { id: 2, day: new Date('2024-02-01'), name: 'b, c' },
  ])
})

test("a version's files are named by their bytes, and its hash by them and its columns", async () => {
  const version = (await told(ask('datasets/plants/versions/1'))) as {
    hash: string
    base: { sha256: string; bytes: number }
  }
  const file = await ask(`datasets/plants/versions/1/files/${version.base.sha256}`)
  const bytes = Buffer.from(await file.arrayBuffer())
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  expect({ sha256, bytes: bytes.length }).toEqual(version.base)
  expect(versionHash({ base: sha256, changes: null, columns: columns as never })).toBe(version.hash)
  expect(await refusal(ask(`datasets/plants/versions/2/files/${sha256}`))).toBe(
    `404 not_found: version 2 of plants has no such file: ${sha256}`,
  )
})

test('an upload that broke off goes on, and becomes a version', async () => {
  const tus = { 'tus-resumable': '1.0.0' }
  const begun = await ask('uploads', changing, {
    method: 'POST',
    headers: {
      ...tus,
      'upload-length': String(csv.length),
      'upload-metadata': `filename ${btoa('plants.csv')}`,
    },
  })
  const location = begun.headers.get('location')!
  expect([begun.status, location]).toEqual([
    201,
    expect.stringMatching(/^\/api\/v1\/uploads\/[0-9a-f-]{36}$/),
  ])
  const send = (offset: number, body: string) =>
    ask(location.slice('/api/v1/'.length), changing, {
      method: 'PATCH',
      headers: { ...tus, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
      body,
    })
  expect((await send(0, csv.slice(0, 10))).headers.get('upload-offset')).toBe('10')
  const head = await ask(location.slice('/api/v1/'.length), changing, { method: 'HEAD', headers: tus })
  expect(head.headers.get('upload-offset')).toBe('10')
  expect((await send(10, csv.slice(10))).status).toBe(204)
  const id = location.split('/').at(-1)
  expect(await told(push(`uploaded/versions?upload=${id}`, ''))).toMatchObject({
    dataset: 'uploaded',
    version: 1,
    rows: 2,
    columns,
  })
})

test('a key that only reads changes nothing, and what another workspace has is not there', async () => {
  expect(await refusal(push('plants/versions', csv, reading))).toMatch(/^403 read_only_key: /)
  expect(await refusal(ask('uploads', reading, { method: 'POST' }))).toMatch(/^403 read_only_key: /)
  expect(await refusal(ask('datasets/plants', foreign))).toBe(
    '404 not_found: there is no data set of this name: plants',
  )
  expect(await refusal(ask('datasets', 'cellar_wrong'))).toMatch(/^401 unauthorized: /)
})

test.each([
  ['datasets/plants/versions/x', '400 bad_version: expected the number of a version, got x'],
  ['datasets/plants/versions/9', '404 not_found: plants has the versions 1 to 2, not 9'],
  ['datasets/plants/download?format=xlsx', '400 bad_format: format: expected csv, parquet, arrow, got xlsx'],
  ['datasets/plants/rows', '404 not_found: no such path: /api/v1/datasets/plants/rows'],
])('%s is refused', async (path, message) => {
  expect(await refusal(ask(path))).toBe(message)
})

test('a file that is none, and a name that is none, are refused', async () => {
  expect(await refusal(push('My-Data/versions', csv))).toBe(
    '400 bad_name: use 1 to 63 lower case letters, digits, "-" and "_", a letter or digit first: My-Data',
  )
  expect(await refusal(push('none/versions', ''))).toBe('422 empty: the file is empty: none.csv')
  expect(await refusal(push('ragged/versions', 'a,b\n1\n1,2\n'))).toMatch(/^422 rejected_lines: /)
})

test('the document describes what the paths answer', async () => {
  const { openapi, servers, paths } = (await (await ask('openapi.json')).json()) as {
    openapi: string
    servers: object[]
    paths: Record<string, object>
  }
  expect([openapi, servers]).toEqual(['3.1.0', [{ url: `${at.web.origin}/api/v1` }]])
  expect(Object.keys(paths)).toEqual([
    '/datasets',
    '/datasets/{dataset}',
    '/datasets/{dataset}/download',
    '/datasets/{dataset}/versions',
    '/datasets/{dataset}/versions/{version}',
    '/datasets/{dataset}/versions/{version}/download',
    '/datasets/{dataset}/versions/{version}/files/{sha256}',
    '/uploads',
    '/trainings',
    '/trainings/{id}',
  ])
})
