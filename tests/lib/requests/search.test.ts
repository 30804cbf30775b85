import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Connection, connect } from '../../../lib/db'
import type { RecordSchema } from '../../../lib/protocol/schema'
import { formats } from '../../../lib/requests/formats'
import { readFilter } from '../../../lib/requests/read-query'
import { exportedRequests } from '../../../lib/requests/rows'
import { searchRequests } from '../../../lib/requests/search'
import type { LogRow } from '../../../lib/serving/log-row'
import { freshDatabase } from '../../support/database'
import { newEndpoint, newWorkspace } from '../serving/support'
import { logged, writeLog } from './support'

let database: Awaited<ReturnType<typeof freshDatabase>>
let connection: Connection
let ada: Awaited<ReturnType<typeof newWorkspace>>
let endpointId: string
let rows: Record<'young' | 'two' | 'refused' | 'failed' | 'old', LogRow>

const schema: RecordSchema = {
  input: {
    type: 'object',
    fields: {
      age: { type: 'number' },
      job: { type: 'string' },
      home: { type: 'object', fields: { city: { type: 'string' } } },
    },
  },
  output: { type: 'object', fields: { label: { type: 'string' } } },
}

beforeAll(async () => {
  database = await freshDatabase()
  connection = connect(database.url)
  ada = await newWorkspace(connection)
  const { workspaceId, tokenId } = ada
  const made = await newEndpoint(connection, { workspaceId, name: 'income', artifact: 'a', schema })
  endpointId = made.endpointId
  const base = { workspaceId, endpointId, versionId: made.versionId! }
  const input = (age: number, job: string) => JSON.stringify({ age, job, home: { city: 'Ulm' } })
  const sales = '{"label":">50K"}'
  rows = {
    old: logged(base, '2026-10-01T10:00:00Z', { input: input(70, 'Sales'), output: `[${sales}]` }),
    young: logged(base, '2026-11-21T10:00:00Z', { input: input(20, 'Sales'), output: `[${sales}]`, tokenId }),
    two: logged(base, '2026-11-21T10:01:00Z', {
      records: 2,
      version: '1.0.1',
      input: `{"instances":[${input(30, 'Craft "fine"')},${input(50, 'Tech_support')}]}`,
      output: `[{"label":"<=50K"},${sales}]`,
    }),
    refused: logged(base, '2026-11-21T10:02:00Z', {
      status: 400,
      records: 0,
      input: '{"age":"old"}',
      output: null,
      error: 'age: expected a number, got "old"',
    }),
    failed: logged(base, '2026-11-21T10:03:00Z', {
      status: 504,
      input: input(41, 'Sales'),
      output: null,
      error: 'no worker answered within 10 s; are the workers running?',
    }),
  }
  await writeLog(connection, Object.values(rows))
  await connection.sql`
    insert into feedback (request_id, endpoint_id, truth, "right")
    values (${rows.two.requestId}, ${endpointId}, '["<=50K","<=50K"]', false)`
})
afterAll(async () => {
  await connection?.close()
  await database?.drop()
})

const found = async (query: Record<string, string>) => {
  const { requests } = await searchRequests(connection.db, endpointId, readFilter(query))
  const names = new Map(Object.entries(rows).map(([name, { requestId }]) => [requestId, name]))
  return requests.map(({ requestId }) => names.get(requestId))
}
const where = (field: string[], op: string, value: unknown) => ({
  where: JSON.stringify([{ field, op, value }]),
})

test.each<[string, () => Record<string, string>, string[]]>([
  ['nothing: all, the newest first', () => ({}), ['failed', 'refused', 'two', 'young', 'old']],
  ['an id', () => ({ q: rows.young.requestId }), ['young']],
  ['part of an error, in any case', () => ({ q: 'EXPECTED A number' }), ['refused']],
  ['an error’s signs, which are no patterns', () => ({ q: '%' }), []],
  ['a time', () => ({ from: '2026-11-21T10:01:00Z', to: '2026-11-21T10:03:00Z' }), ['refused', 'two']],
  ['a version', () => ({ version: '1.0.1' }), ['two']],
  ['answered', () => ({ status: 'answered' }), ['two', 'young', 'old']],
  ['refused', () => ({ status: 'refused' }), ['refused']],
  ['failed', () => ({ status: 'failed' }), ['failed']],
  ['a key', () => ({ key: ada.tokenId }), ['young']],
  ['pages', () => ({ key: 'page', status: 'answered' }), ['two', 'old']],
  ['a field of one record', () => where(['age'], '<', 25), ['young']],
  ['a field of one of several records', () => where(['age'], '=', 50), ['two']],
  ['a field that is a text', () => where(['job'], '=', 'Sales'), ['failed', 'young', 'old']],
  ['part of a text, as it stands', () => where(['job'], 'contains', 'craft "F'), ['two']],
  ['a part with a sign of patterns', () => where(['job'], 'contains', '.'), []],
  ['a field within a field', () => where(['home', 'city'], '=', 'Ulm'), ['failed', 'two', 'young', 'old']],
  ['a field that no record has', () => where(['"; drop'], '=', 1), []],
  ['two conditions', () => ({ ...where(['job'], '=', 'Sales'), status: 'failed' }), ['failed']],
])('a search by %s', async (_name, query, expected) => expect(await found(query())).toEqual(expected))

test.each([
  ['a time that is none', { from: 'yesterday' }, 'from: Invalid ISO datetime'],
  [
    'a status that is none',
    { status: 'good' },
    'status: Invalid option: expected one of "answered"|"refused"|"failed"',
  ],
  ['conditions that are no JSON', { where: '[' }, 'where: expected conditions as JSON'],
])('%s is refused', (_name, query, message) => expect(() => readFilter(query)).toThrow(message))

test('pages of a search follow one another without a gap', async () => {
  const more = await newEndpoint(connection, { workspaceId: ada.workspaceId, name: 'many', artifact: 'a' })
  const base = { workspaceId: ada.workspaceId, endpointId: more.endpointId, versionId: more.versionId! }
  // Many of one millisecond: the id decides.
  const all = Array.from({ length: 120 }, () => logged(base, '2026-11-21T10:00:00Z'))
  await writeLog(connection, all)
  const seen: string[] = []
  for (let after: string | undefined | null; after !== null; ) {
    const page = await searchRequests(connection.db, more.endpointId, {}, after)
    seen.push(...page.requests.map(({ requestId }) => requestId))
    after = page.next
  }
  expect(seen).toEqual(
    all
      .map(({ requestId }) => requestId)
      .sort()
      .reverse(),
  )
})

async function file(format: keyof typeof formats, query: Record<string, string>) {
  const { columns, rows } = await exportedRequests(connection.db, endpointId, readFilter(query))
  const parts: Uint8Array[] = []
  for await (const part of formats[format].write(columns, rows())) parts.push(part)
  return Buffer.concat(parts)
}

test('an export has a row for each record, with its fields, its answer and its truth', async () => {
  const csv = (await file('csv', { from: '2026-11-21T10:00:00Z', to: '2026-11-21T10:03:00Z' })).toString()
  const { young, two, refused } = rows
  expect(csv.split('\n')).toEqual([
    'request_id,record,at,version,status,key,latency_ms,batch_wait_ms,queue_ms,model_ms,error,truth,right,input.age,input.job,input.home,output.label',
    `${refused.requestId},0,2026-11-21T10:02:00.000Z,1.0.0,400,,10,1,2,5,"age: expected a number, got ""old""",,,,,,`,
    `${two.requestId},0,2026-11-21T10:01:00.000Z,1.0.1,200,,10,1,2,5,,<=50K,false,30,"Craft ""fine""","{""city"":""Ulm""}",<=50K`,
    `${two.requestId},1,2026-11-21T10:01:00.000Z,1.0.1,200,,10,1,2,5,,<=50K,false,50,Tech_support,"{""city"":""Ulm""}",>50K`,
    `${young.requestId},0,2026-11-21T10:00:00.000Z,1.0.0,200,test,10,1,2,5,,,,20,Sales,"{""city"":""Ulm""}",>50K`,
    '',
  ])
})

test('Parquet and lines of JSON hold the same', async () => {
  const { parquetReadObjects } = await import('hyparquet')
  const bytes = await file('parquet', { status: 'answered' })
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer
  const read = await parquetReadObjects({ file: buffer })
  const lines = (await file('ndjson', { status: 'answered' })).toString().trim().split('\n')
  const parsed = lines.map((line) => JSON.parse(line) as { at: string })
  expect(parsed.map(({ at, ...rest }) => ({ ...rest, at: new Date(at) }))).toEqual(read)
  expect(read.length).toBe(4)
})
