import { readdir } from 'node:fs/promises'
import { parquetReadObjects } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sweepJobs } from '../../../../lib/serving/jobs/sweep'
import { call, newEndpoint } from '../support'
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

const types = {
  csv: 'text/csv',
  ndjson: 'application/x-ndjson',
  json: 'application/json',
  parquet: 'application/vnd.apache.parquet',
}
const upload = async (format: keyof typeof types, body: string | Uint8Array, query = '') => {
  const answer = await at.api(`jobs${query}`, { body, headers: { 'content-type': types[format] } })
  return { ...answer, id: (answer.body as JobBody).job?.id }
}
const download = (id: string, query = '') =>
  fetch(`${at.web.origin}/api/v1/twice/jobs/${id}/result${query}`, {
    headers: { authorization: `Bearer ${at.ada.token}` },
  })
const resultOf = async (id: string, query = '') => (await download(id, query)).text()
const line = (row: number, x: number) =>
  `${JSON.stringify({ row, prediction: { twice: 2 * x, bundle: 'double' } })}\n`
const refused = (status: number, code: string, message: string) => ({
  status,
  body: { request_id: 'id', error: { code, message } },
})
const plain = ({ status, body }: { status: number; body: unknown }) => ({ status, body })

test('a csv is a job at once, and its predictions come in its order', async () => {
  const { status, headers, id } = await upload('csv', 'x,note\n1,"a, b"\n2,\n3,c\n', '?name=Some%20rows.csv')
  expect([status, headers.get('location')]).toEqual([202, `/api/v1/twice/jobs/${id}`])
  const { job } = await at.job(id)
  expect(job).toEqual({
    id,
    kind: 'batch',
    status: 'done',
    version: '1.0.0',
    name: 'Some rows.csv',
    format: 'csv',
    bytes: 23,
    rows: { total: 3, done: 3, failed: 0 },
    failures: [],
    error: null,
    created_at: expect.any(String),
    started_at: expect.any(String),
    ended_at: expect.any(String),
    expires_at: expect.any(String),
  })
  const answer = await download(id)
  expect([answer.headers.get('content-disposition'), await answer.text()]).toEqual([
    'attachment; filename="Some-rows-predictions.ndjson"',
    line(1, 1) + line(2, 2) + line(3, 3),
  ])
})

test('NDJSON, a JSON array and Parquet hold the same', async () => {
  const records = [{ x: 1 }, { x: 2, note: ['any', { thing: true }] }, { x: 3 }]
  const parquet = new Uint8Array(
    parquetWriteBuffer({ columnData: [{ name: 'x', data: [1, 2, 3], type: 'DOUBLE' }] }),
  )
  const expected = line(1, 1) + line(2, 2) + line(3, 3)
  for (const [format, body] of [
    ['ndjson', `${records.map((record) => JSON.stringify(record)).join('\n\n')}\n`],
    ['json', JSON.stringify(records, null, 2)],
    ['parquet', parquet],
  ] as const) {
    const { id } = await upload(format, body)
    await at.job(id)
    expect([format, await resultOf(id)]).toEqual([format, expected])
  }
})

test('a row that fails has its error in its place, and the others their predictions', async () => {
  const { id } = await upload('csv', 'x,bad\n1,\ntwo,\n3,not this one\n4\n5,\n')
  const { job } = await at.job(id)
  const failures = [
    { row: 2, code: 'bad_record', field: 'x', message: 'x: expected a number, got "two"' },
    { row: 3, code: 'bad_record', message: 'not this one' },
    { row: 4, code: 'bad_row', message: 'line 5: expected 2 values as in the header, got 1' },
  ]
  expect({ status: job.status, rows: job.rows, failures: job.failures }).toEqual({
    status: 'done',
    rows: { total: 5, done: 5, failed: 3 },
    failures,
  })
  expect(await resultOf(id, '?format=csv')).toBe(
    [
      'row,prediction,error',
      '1,"{""twice"":2,""bundle"":""double""}",',
      '2,,"x: expected a number, got ""two"""',
      '3,,not this one',
      '4,,"line 5: expected 2 values as in the header, got 1"',
      '5,"{""twice"":10,""bundle"":""double""}",',
      '',
    ].join('\n'),
  )
})

test('a model’s message that PostgreSQL cannot hold is kept without what it cannot', async () => {
  const { id } = await upload('ndjson', '{"x":1,"bad":"no\\u0000t \\ud800"}\n', '?name=a%00b.csv')
  const { job } = await at.job(id)
  expect(job).toMatchObject({
    name: 'ab.csv',
    status: 'done',
    failures: [{ row: 1, code: 'bad_record', message: 'no\ufffdt \ufffd' }],
  })
})

test('a broken line of NDJSON fails alone', async () => {
  const { id } = await upload('ndjson', '{"x":1}\n{"x":\n{"x":3}\n')
  const { job } = await at.job(id)
  expect([job.status, job.rows, job.failures]).toEqual([
    'done',
    { total: 3, done: 3, failed: 1 },
    [{ row: 2, code: 'bad_row', message: 'line 2 is not JSON: Unexpected end of JSON input' }],
  ])
})

test('a result is downloaded as CSV and Parquet too, with the input beside it', async () => {
  const schema = {
    input: { type: 'object', fields: { x: { type: 'number' }, bad: { type: 'string', nullable: true } } },
    output: { type: 'object', fields: { twice: { type: 'number' }, bundle: { type: 'string' } } },
  } as const
  const { name: artifact } = await at.home.artifacts.put(Buffer.from('double'))
  const { workspaceId } = at.ada
  await newEndpoint(at.connection, { workspaceId, name: 'typed', artifact, schema: schema as never })
  const token = at.ada.token
  const body = 'bad,x\n,1\nno,2\n,x\n'
  const { body: made } = await call(at.web.origin, '/api/v1/typed/jobs?format=csv', { token, body })
  const { id } = (made as JobBody).job
  const result = async (query: string) =>
    fetch(`${at.web.origin}/api/v1/typed/jobs/${id}/result${query}`, {
      headers: { authorization: `Bearer ${token}` },
    })
  await expect.poll(async () => (await result('')).status).toBe(200)
  expect(await (await result('?format=csv&input=true')).text()).toBe(
    [
      'row,x,bad,prediction_twice,prediction_bundle,error',
      '1,1,,2,double,',
      '2,2,no,,,no',
      '3,x,,,,"x: expected a number, got ""x"""',
      '',
    ].join('\n'),
  )
  const file = await (await result('?format=parquet')).arrayBuffer()
  expect(await parquetReadObjects({ file })).toEqual([
    { row: 1, prediction_twice: 2, prediction_bundle: 'double', error: null },
    { row: 2, prediction_twice: null, prediction_bundle: null, error: 'no' },
    { row: 3, prediction_twice: null, prediction_bundle: null, error: 'x: expected a number, got "x"' },
  ])
})

test.each([
  ['an empty file', 'csv', '', 'the file is empty; a csv begins with a line of names'],
  ['a csv of names alone', 'csv', 'x,note\n', 'the file has no rows'],
  ['a column too few', 'csv', 'note\n1\n', 'the csv has no column for: x'],
  ['a column twice', 'csv', 'x,x\n1,1\n', 'the csv has two columns with this name: x'],
  [
    'a file that is not UTF-8',
    'csv',
    Buffer.from('x\n\xff\n', 'latin1'),
    'the file is not UTF-8, near byte 0; save it as UTF-8',
  ],
  ['no array', 'json', '{"x":1}', 'the file is no array of records; it must begin with ['],
  ['an empty array', 'json', '[]', 'the array is empty; send at least one record'],
  ['no NDJSON', 'ndjson', '\n\n', 'the file is empty; send one record as JSON in each line'],
  [
    'no Parquet',
    'parquet',
    'x,y\n1,2\n3,4\n',
    'the file is not Parquet, or was cut short: parquet file invalid (footer != PAR1)',
  ],
] as const)('%s is refused at once', async (_, format, body, message) => {
  expect(plain(await upload(format, body))).toEqual(refused(400, 'bad_file', message))
})

test('what was refused leaves no file', async () => {
  const before = (await readdir(at.batchFolder)).length
  await upload('csv', 'y\n1\n')
  expect((await readdir(at.batchFolder)).length).toBe(before)
})

test('a file that breaks off later is a failed job, and says where', async () => {
  const { id } = await upload('json', `[${'{"x":1},'.repeat(10_000)}{"x":1}`)
  const { job } = await at.job(id)
  expect([job.status, job.error]).toEqual(['failed', 'the array is not closed after element 10000'])
})

test('more rows than a batch may have are refused before the first is asked for', async () => {
  const { id } = await upload('csv', `x\n${'1\n'.repeat(1_000_001)}`)
  const { job } = await at.job(id)
  expect([job.status, job.error, job.rows]).toEqual([
    'failed',
    'too many rows: at most 1000000 in a batch; cut the file into several',
    { total: null, done: 0, failed: 0 },
  ])
})

test('an unknown content type, or format, is refused with what is known', async () => {
  const body = 'x\n1\n'
  expect(plain(await at.api('jobs', { body, headers: { 'content-type': 'text/plain' } }))).toEqual(
    refused(
      415,
      'unsupported_type',
      'the content type must be one of text/csv, application/x-ndjson, application/ndjson, application/jsonl, application/json, application/vnd.apache.parquet, or say ?format=; got text/plain',
    ),
  )
  expect(plain(await at.api('jobs?format=xlsx', { body }))).toEqual(
    refused(400, 'bad_format', 'format: expected csv, ndjson, json, parquet, got xlsx'),
  )
})

test('without a key nothing is read, and another workspace’s result does not exist', async () => {
  const { status } = await call(at.web.origin, '/api/v1/twice/jobs', { body: 'x\n1\n' })
  const { id } = await upload('csv', 'x\n1\n')
  await at.job(id)
  const foreign = await call(at.web.origin, `/api/v1/twice/jobs/${id}/result`, { token: at.other.token })
  expect([status, plain(foreign)]).toEqual([401, refused(404, 'not_found', `no such job of twice: ${id}`)])
})

test('a running batch is cancelled; its result is not there', async () => {
  const { id } = await upload('ndjson', '{"x":1,"sleepMs":300}\n'.repeat(5000))
  await at.job(id, ({ rows }) => rows.done > 0)
  const { body } = await at.api(`jobs/${id}`, { method: 'DELETE' })
  expect((body as JobBody).job.status).toBe('cancelled')
  expect((await (await download(id)).json()).error).toEqual({
    code: 'not_done',
    message: 'the job has no result to download; it is cancelled',
  })
})

test('jobs and files go when their time is over', async () => {
  const { id } = await upload('csv', 'x\n1\n')
  await at.job(id)
  await sweepJobs(at.sql, at.batchFolder)
  expect(await readdir(at.batchFolder)).toContain(id)
  await at.sql`update prediction_jobs set expires_at = now() - interval '1 s' where id = ${id}`
  expect(await sweepJobs(at.sql, at.batchFolder)).toEqual({ jobs: 1 })
  expect(await readdir(at.batchFolder)).not.toContain(id)
  expect((await at.api(`jobs/${id}`)).status).toBe(404)
})
