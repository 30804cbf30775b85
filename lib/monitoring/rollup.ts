import type { Sql, TransactionSql } from 'postgres'
import { noTest } from '../../drizzle/schema/monitoring'
import type { LogRow } from '../serving/log-row'
import { bucketOf, type Counts, count } from './histogram'

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
  for (const row of rows)
    for (const resolution of ['minute', 'hour'] as const) {
      const ms = resolutions[resolution]
      const start = Math.floor(row.at.getTime() / ms) * ms
      const { endpointId, versionId, version } = row
      const abTestId = row.abTestId ?? noTest
      const key = `${endpointId} ${resolution} ${start} ${versionId} ${abTestId}`
      let rollup = rollups.get(key)
      if (!rollup) {
        rollup = { ...empty(), endpointId, resolution, start: new Date(start), versionId, version, abTestId }
        rollups.set(key, rollup)
      }
      add(rollup, row)
    }
  // Gateways that lock the same rows in the same order never wait for each other in a circle.
  return [...rollups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, rollup]) => rollup)
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
