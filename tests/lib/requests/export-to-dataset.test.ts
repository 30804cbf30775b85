import { readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { POST } from '../../../app/api/endpoints/[name]/requests/datasets/route'
import { feedback } from '../../../drizzle/schema'
import { setDataStore } from '../../../lib/datasets/data-store'
import { versionById } from '../../../lib/datasets/find'
import type { RecordSchema } from '../../../lib/protocol/schema'
import type { LogRow } from '../../../lib/serving/log-row'
import { withDatasets } from '../../support/datasets'
import { addPerson, origin } from '../../support/people'
import { newEndpoint } from '../serving/support'
import { logged, writeLog } from './support'

let young: LogRow
let two: LogRow
let refused: LogRow

const schema: RecordSchema = {
  input: {
    type: 'object',
    fields: { age: { type: 'number' }, job: { type: 'string', nullable: true }, since: { type: 'string' } },
  },
  output: { type: 'object', fields: { label: { type: 'string' }, chance: { type: 'number' } } },
}

const at = withDatasets(async (at) => {
  setDataStore(at.store)
  const { workspaceId } = at.ada
  const made = await newEndpoint(at, { workspaceId, name: 'income', artifact: 'a', schema })
  const base = { workspaceId, endpointId: made.endpointId, versionId: made.versionId! }
  young = logged(base, '2026-11-21T10:00:00Z', {
    input: '{"age":20,"job":"Sales; \\"fine\\"\\nart","since":"2020-01-31"}',
    output: '[{"label":"low","chance":0.25}]',
  })
  two = logged(base, '2026-11-21T10:01:00Z', {
    version: '1.0.1',
    records: 2,
    input:
      '[{"age":30,"job":"Tech, support","since":"2021-02-01"},{"age":50,"job":null,"since":"2022-03-01"}]',
    output: '[{"label":"low","chance":0.5},{"label":"high","chance":1}]',
  })
  refused = logged(base, '2026-11-21T10:02:00Z', {
    status: 400,
    records: 0,
    input: '{"age":"old"}',
    output: null,
    error: 'age: expected a number, got "old"',
  })
  await writeLog(at, [young, two, refused])
  const labelled = { endpointId: made.endpointId, requestId: two.requestId }
  await at.db.insert(feedback).values({ ...labelled, truth: [1, 0], right: false })
})

async function exported(name: string, query = '', person = at.ada) {
  const response = await POST(
    new Request(`${origin}/api/endpoints/income/requests/datasets?${query}`, {
      method: 'POST',
      headers: { cookie: person.cookie, origin, 'content-type': 'application/json' },
      body: JSON.stringify({ name }),
    }),
    { params: Promise.resolve({ name: 'income' }) },
  )
  return { status: response.status, answer: await response.json() }
}
const rowsOf = async (versionId: string) =>
  (await at.store.ask('page', { versionId, offset: 0, limit: 50 })).rows

test('requests become a data set: a row for each record, with types as an upload has them', async () => {
  const { status, answer } = await exported('asked')
  expect([status, answer.name, answer.rows, answer.version.number]).toEqual([201, 'asked', 4, 1])
  const version = await versionById(at.db, answer.version.id)
  expect([version.origin, version.message, version.createdBy]).toEqual([
    'requests',
    'requests of income',
    at.ada.id,
  ])
  expect(version.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'request_id text',
    'record integer',
    'at datetime',
    'version text',
    'status integer',
    'key text',
    'latency_ms integer',
    'batch_wait_ms integer',
    'queue_ms integer',
    'model_ms integer',
    'error text',
    'truth integer',
    'right boolean',
    'input.age integer',
    'input.job text',
    'input.since date',
    'output.label text',
    'output.chance number',
  ])
  const times = [null, 10, 1, 2, 5]
  expect(await rowsOf(version.id)).toEqual([
    [
      ...[refused.requestId, 0, '2026-11-21T10:02:00Z', '1.0.0', 400, ...times],
      ...['age: expected a number, got "old"', null, null],
      ...[null, null, null, null, null],
    ],
    [
      ...[two.requestId, 0, '2026-11-21T10:01:00Z', '1.0.1', 200, ...times, null, 1, false],
      ...[30, 'Tech, support', '2021-02-01', 'low', 0.5],
    ],
    [
      ...[two.requestId, 1, '2026-11-21T10:01:00Z', '1.0.1', 200, ...times, null, 0, false],
      ...[50, null, '2022-03-01', 'high', 1],
    ],
    [
      ...[young.requestId, 0, '2026-11-21T10:00:00Z', '1.0.0', 200, ...times, null, null, null],
      ...[20, 'Sales; "fine"\nart', '2020-01-31', 'low', 0.25],
    ],
  ])
})

test('a name that is there gets another version, of what fits the search alone, which it keeps in words', async () => {
  await exported('again')
  const where = JSON.stringify([{ field: ['age'], op: '>', value: 25 }])
  const { answer } = await exported('again', `status=answered&where=${encodeURIComponent(where)}`)
  const { number, parent, rows, message } = await versionById(at.db, answer.version.id)
  expect({ number, parent, rows, message }).toEqual({
    number: 2,
    parent: 1,
    rows: 2,
    message: 'requests of income: answered, age > 25',
  })
})

test('what cannot be exported is refused, and leaves no file', async () => {
  const refusals = [
    await exported('none', 'version=9.9.9'),
    await exported('None of these'),
    await exported('none', 'from=yesterday'),
    await exported('none', '', await addPerson(at.db, 'eve')),
  ].map(({ status, answer }) => `${status} ${answer.error.message}`)
  expect(refusals).toEqual([
    '422 no request fits this search; widen it and export again',
    '400 name: use 1 to 63 lower case letters, digits, "-" and "_", a letter or digit first',
    '400 from: Invalid ISO datetime',
    '404 no such endpoint: income',
  ])
  expect(await readdir(at.folder.uploads)).toEqual([])
})
