import type { Sql, TransactionSql } from 'postgres'
import { noTest } from '../../drizzle/schema/monitoring'
import type { LogRow } from '../serving/log-row'
import { bucketOf, type Counts, count, merge as mergeCounts } from './histogram'

export const resolutions = { minute: 60_000, hour: 3_600_000 }
export type Resolution = keyof typeof resolutions

/** Figures of one version's requests within a minute or an hour; `drizzle/schema/monitoring` says what each is. */
export type Rollup = {
  endpointId: string
  resolution: Resolution
  start: Date
  versionId: string
  version: string
  abTestId: string
  requests: number
  errors: number
  refused: number
  records: number
  latency: Counts
  wait: Counts
  model: Counts
  batches: Counts
}

/** What rows of the log add to the figures of their minutes and hours, in an order that is the same for everybody. */
export function rollUp(rows: readonly LogRow[]): Rollup[] {
  const rollups = new Map<string, Rollup>()
  for (const row of rows) add(rollupOf(rollups, row, 'minute', row.at.getTime()), row)
  // Rows are many, their minutes few: hours are made of these.
  for (const minute of [...rollups.values()])
    merge(rollupOf(rollups, minute, 'hour', minute.start.getTime()), minute)
  // Gateways that lock the same rows in the same order never wait for each other in a circle.
  return [...rollups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, rollup]) => rollup)
}

function rollupOf(
  rollups: Map<string, Rollup>,
  {
    endpointId,
    versionId,
    version,
    abTestId,
  }: Pick<LogRow, 'endpointId' | 'versionId' | 'version' | 'abTestId'>,
  resolution: Resolution,
  at: number,
): Rollup {
  const ms = resolutions[resolution]
  const start = Math.floor(at / ms) * ms
  const test = abTestId ?? noTest
  const key = `${endpointId} ${resolution} ${start} ${versionId} ${test}`
  const known = rollups.get(key)
  if (known) return known
  const made = {
    ...empty(),
    endpointId,
    resolution,
    start: new Date(start),
    versionId,
    version,
    abTestId: test,
  }
  rollups.set(key, made)
  return made
}

function merge(sum: Rollup, { requests, errors, refused, records, ...counts }: Rollup) {
  sum.requests += requests
  sum.errors += errors
  sum.refused += refused
  sum.records += records
  for (const name of ['latency', 'wait', 'model', 'batches'] as const) mergeCounts(sum[name], counts[name])
}

const empty = () => ({
  requests: 0,
  errors: 0,
  refused: 0,
  records: 0,
  latency: {},
  wait: {},
  model: {},
  batches: {},
})

function add(
  rollup: Rollup,
  { status, records, latencyMs, batchWaitMs, queueMs, modelMs, batchRequests }: LogRow,
) {
  rollup.requests++
  rollup.records += records
  if (status >= 500) rollup.errors++
  else if (status >= 400) rollup.refused++
  else {
    count(rollup.latency, bucketOf(latencyMs))
    if (batchWaitMs !== null && queueMs !== null) count(rollup.wait, bucketOf(batchWaitMs + queueMs))
    if (modelMs !== null) count(rollup.model, bucketOf(modelMs))
    if (batchRequests !== null) count(rollup.batches, batchRequests)
  }
}

/** Adds figures to those that are stored. */
export async function storeRollups(sql: Sql | TransactionSql, rollups: readonly Rollup[]) {
  await sql`
    insert into prediction_rollups as r (endpoint_id, resolution, start, version_id, ab_test_id, version,
      requests, errors, refused, records, latency, wait, model, batches)
    select "endpointId", resolution, start, "versionId", "abTestId", version,
      requests, errors, refused, records, latency, wait, model, batches
    from jsonb_to_recordset(${JSON.stringify(rollups)}::text::jsonb) as given("endpointId" uuid,
      resolution rollup_resolution, start timestamptz, "versionId" uuid, "abTestId" uuid, version text,
      requests int, errors int, refused int, records bigint,
      latency jsonb, wait jsonb, model jsonb, batches jsonb)
    -- An endpoint that was deleted a moment ago has no figures.
    where exists (select 1 from endpoints where id = "endpointId")
    on conflict (endpoint_id, resolution, start, version_id, ab_test_id) do update set
      requests = r.requests + excluded.requests, errors = r.errors + excluded.errors,
      refused = r.refused + excluded.refused, records = r.records + excluded.records,
      latency = merge_counts(r.latency, excluded.latency), wait = merge_counts(r.wait, excluded.wait),
      model = merge_counts(r.model, excluded.model), batches = merge_counts(r.batches, excluded.batches)`
}
