import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Connection, connect } from '../../../lib/db'
import { bucketOf } from '../../../lib/monitoring/histogram'
import { createLog } from '../../../lib/serving/log'
import type { LogRow } from '../../../lib/serving/log-row'
import { newRequestId } from '../../../lib/serving/request-id'
import { freshDatabase } from '../../support/database'
import { newEndpoint, newWorkspace } from '../serving/support'

let database: Awaited<ReturnType<typeof freshDatabase>>
let connection: Connection
let base: Pick<LogRow, 'workspaceId' | 'endpointId' | 'versionId' | 'version' | 'tokenId'>

beforeAll(async () => {
  database = await freshDatabase()
  connection = connect(database.url)
  const { workspaceId, tokenId } = await newWorkspace(connection)
  const { endpointId, versionId } = await newEndpoint(connection, {
    workspaceId,
    name: 'twice',
    artifact: 'a',
  })
  base = { workspaceId, endpointId, versionId: versionId!, version: '1.0.0', tokenId }
})
afterAll(async () => {
  await connection?.close()
  await database?.drop()
})

const row = (at: string, more: Partial<LogRow> = {}): LogRow => ({
  ...base,
  requestId: newRequestId(),
  status: 200,
  records: 1,
  latencyMs: 10,
  batchWaitMs: 1,
  queueMs: 2,
  modelMs: 5,
  batchRequests: 4,
  input: '{"x":1}',
  output: '[2]',
  error: null,
  truncated: false,
  sampled: true,
  abTestId: null,
  at: new Date(at),
  ...more,
})
const stored = () => connection.sql`
  select resolution, start::text, requests, errors, refused, records::int, latency, wait, model, batches
  from prediction_rollups where endpoint_id = ${base.endpointId} order by resolution, start`
const warnings: unknown[] = []
const log = async (rows: LogRow[]) => {
  const log = createLog(connection.sql, (...warning) => warnings.push(warning))
  for (const each of rows) log.add(each)
  await log.close()
}

test('rows of the log make figures of their minutes and hours; a later batch adds to them', async () => {
  const one = row('2026-11-21T10:00:10Z')
  await log([one, row('2026-11-21T10:01:00Z', { status: 503, latencyMs: 900 })])
  await log([
    row('2026-11-21T10:01:59Z', { records: 3, latencyMs: 20 }),
    row('2026-11-21T10:01:59Z', { status: 400 }),
    // It was written already: a second attempt after a lost acknowledgement.
    one,
  ])
  const [ten, twenty, three, five] = [10, 20, 3, 5].map((ms) => String(bucketOf(ms))) as [
    string,
    string,
    string,
    string,
  ]
  const minute = { resolution: 'minute', errors: 0, refused: 0 }
  expect(
    [...(await stored())].map(({ start, ...each }) => ({ ...each, start: new Date(start).toISOString() })),
  ).toEqual([
    {
      ...minute,
      start: '2026-11-21T10:00:00.000Z',
      requests: 1,
      records: 1,
      latency: { [ten]: 1 },
      wait: { [three]: 1 },
      model: { [five]: 1 },
      batches: { 4: 1 },
    },
    {
      ...minute,
      start: '2026-11-21T10:01:00.000Z',
      requests: 3,
      errors: 1,
      refused: 1,
      records: 5,
      latency: { [twenty]: 1 },
      wait: { [three]: 1 },
      model: { [five]: 1 },
      batches: { 4: 1 },
    },
    {
      resolution: 'hour',
      start: '2026-11-21T10:00:00.000Z',
      requests: 4,
      errors: 1,
      refused: 1,
      records: 6,
      latency: { [ten]: 1, [twenty]: 1 },
      wait: { [three]: 2 },
      model: { [five]: 2 },
      batches: { 4: 2 },
    },
  ])
  expect(warnings).toEqual([])
})

test('a row that the database refuses leaves its neighbours, and is kept without what it holds', async () => {
  await connection.sql`delete from prediction_rollups`
  const at = '2026-11-21T12:00:00Z'
  const [bad, good] = [row(at, { input: '{"x":' }), row(at)]
  await log([bad, good])
  const rows = await connection.sql`
    select request_id, input, truncated from predictions
    where request_id in ${connection.sql([bad.requestId, good.requestId])} order by truncated`
  expect([...rows]).toEqual([
    { request_id: good.requestId, input: { x: 1 }, truncated: false },
    { request_id: bad.requestId, input: null, truncated: true },
  ])
  expect([...(await stored())].map(({ resolution, requests }) => ({ resolution, requests }))).toEqual([
    { resolution: 'minute', requests: 2 },
    { resolution: 'hour', requests: 2 },
  ])
  expect(warnings).toEqual([])
})

test('ten thousand rows of many batches at once are counted, each once', async () => {
  await connection.sql`delete from prediction_rollups`
  const rows = Array.from({ length: 10_000 }, () => row('2026-11-21T11:00:00Z'))
  await Promise.all([0, 1, 2, 3].map((i) => log(rows.filter((_, at) => at % 4 === i))))
  const [found] = await connection.sql`
    select requests, latency from prediction_rollups where resolution = 'hour'`
  expect(found).toEqual({ requests: 10_000, latency: { [String(bucketOf(10))]: 10_000 } })
})
