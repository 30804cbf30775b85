import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Connection, connect } from '../../../lib/db'
import { monitoringOf } from '../../../lib/monitoring/figures'
import { rollUp, storeRollups } from '../../../lib/monitoring/rollup'
import type { LogRow } from '../../../lib/serving/log-row'
import { newRequestId } from '../../../lib/serving/request-id'
import { freshDatabase } from '../../support/database'
import { newEndpoint, newWorkspace } from '../serving/support'

let database: Awaited<ReturnType<typeof freshDatabase>>
let connection: Connection
let endpointId: string

beforeAll(async () => {
  database = await freshDatabase()
  connection = connect(database.url)
  const { workspaceId } = await newWorkspace(connection)
  endpointId = (await newEndpoint(connection, { workspaceId, name: 'twice', artifact: 'a' })).endpointId
})
afterAll(async () => {
  await connection?.close()
  await database?.drop()
})

const versionIds: Record<string, string> = { '1.0.0': newRequestId(), '1.0.1': newRequestId() }
const row = (at: string, version: string, latencyMs: number, more: Partial<LogRow> = {}): LogRow => ({
  requestId: newRequestId(),
  workspaceId: '',
  endpointId,
  versionId: versionIds[version]!,
  version,
  tokenId: null,
  status: 200,
  records: 1,
  latencyMs,
  batchWaitMs: 1,
  queueMs: 1,
  modelMs: 4,
  batchRequests: 2,
  input: null,
  output: null,
  error: null,
  truncated: false,
  sampled: true,
  abTestId: null,
  at: new Date(at),
  ...more,
})
const now = Date.parse('2026-11-21T10:15:30Z')
const empty = {
  requests: 0,
  errors: 0,
  refused: 0,
  p50: null,
  p95: null,
  p99: null,
  waitP50: null,
  waitP95: null,
  modelP50: null,
  modelP95: null,
  batch: null,
}
const about = (value: number) => expect.closeTo(value, value < 3 ? 1 : 0)

test('an endpoint that nobody asked has one series of empty steps', async () => {
  const { series, stepMs } = await monitoringOf(connection.db, endpointId, '15m', now)
  expect(stepMs).toBe(60_000)
  expect(series.map(({ version, total, points }) => ({ version, total, steps: points.length }))).toEqual([
    { version: null, total: empty, steps: 15 },
  ])
})

test('figures are of all versions together, then of each, by step; what lies before the range is left out', async () => {
  await storeRollups(
    connection.sql,
    rollUp([
      row('2026-11-21T09:00:00Z', '1.0.0', 500),
      row('2026-11-21T10:14:10Z', '1.0.0', 10),
      row('2026-11-21T10:14:20Z', '1.0.1', 30, { batchRequests: 1 }),
      row('2026-11-21T10:15:10Z', '1.0.1', 1, { status: 500 }),
      row('2026-11-21T10:15:11Z', '1.0.1', 1, { status: 429 }),
    ]),
  )
  const { series } = await monitoringOf(connection.db, endpointId, '15m', now)
  const parts = { waitP50: about(2), waitP95: about(2), modelP50: about(4), modelP95: about(4) }
  const thirty = { p50: about(30), p95: about(30), p99: about(30) }
  const ten = { p50: about(10), p95: about(10), p99: about(10) }
  // One call of one request, and half of a call of two.
  const both = {
    requests: 4,
    errors: 1,
    refused: 1,
    p50: about(10),
    p95: about(30),
    p99: about(30),
    ...parts,
    batch: 2 / 1.5,
  }
  expect(series.map(({ version, total }) => ({ version, total }))).toEqual([
    { version: null, total: both },
    { version: '1.0.1', total: { requests: 3, errors: 1, refused: 1, ...thirty, ...parts, batch: 1 } },
    { version: '1.0.0', total: { requests: 1, errors: 0, refused: 0, ...ten, ...parts, batch: 2 } },
  ])
  expect(series[1]!.points.slice(-3)).toEqual([
    { at: Date.parse('2026-11-21T10:13:00Z'), ...empty },
    {
      at: Date.parse('2026-11-21T10:14:00Z'),
      requests: 1,
      errors: 0,
      refused: 0,
      ...thirty,
      ...parts,
      batch: 1,
    },
    { at: Date.parse('2026-11-21T10:15:00Z'), ...empty, requests: 2, errors: 1, refused: 1 },
  ])
})

test('a long range is read from hours', async () => {
  const { series } = await monitoringOf(connection.db, endpointId, '7d', now)
  expect(series[0]!.points.slice(-2).map(({ at, requests }) => ({ at, requests }))).toEqual([
    { at: Date.parse('2026-11-21T08:00:00Z'), requests: 1 },
    { at: Date.parse('2026-11-21T10:00:00Z'), requests: 4 },
  ])
})
