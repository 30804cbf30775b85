import { sql } from 'drizzle-orm'
import type { Database } from '../db'
import { defaultLogSettings } from './settings'

/** Rows that one statement deletes: short enough that nobody waits for it. */
const batch = 5000
const rollupDays = { minute: 3, hour: 400 }

/**
 * Deletes requests that are older than their endpoint keeps them, with their feedback, and figures that no page shows any
 * more. Resolves to how many requests went.
 */
export async function sweepRequests(db: Database, now = new Date()): Promise<number> {
  const endpoints = await db.execute<{ id: string; days: number }>(sql`
    select e.id, coalesce(l.retention_days, ${defaultLogSettings.retentionDays}) as days
    from endpoints e left join log_settings l on l.endpoint_id = e.id`)
  let gone = 0
  for (const { id, days } of endpoints) {
    const before = new Date(now.getTime() - days * 86_400_000).toISOString()
    for (let count = batch; count === batch; gone += count) count = await deleteBatch(db, id, before)
  }
  for (const [resolution, days] of Object.entries(rollupDays))
    await db.execute(sql`
      delete from prediction_rollups
      where resolution = ${resolution}::rollup_resolution
        and start < ${new Date(now.getTime() - days * 86_400_000).toISOString()}::timestamptz`)
  return gone
}

/** The oldest first, by the index of endpoint and time: what stays is not read. */
async function deleteBatch(db: Database, endpointId: string, before: string): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    with old as (
      select request_id from predictions
      where endpoint_id = ${endpointId} and created_at < ${before}::timestamptz
        -- What a test that runs is decided by stays until it has ended.
        and not exists (select 1 from ab_tests t where t.id = ab_test_id and t.ended_at is null)
      order by created_at limit ${batch}
    ), deleted as (
      delete from predictions where request_id in (select request_id from old) returning request_id
    ), unheard as (
      delete from feedback where request_id in (select request_id from old)
    )
    select count(*)::int as count from deleted`)
  return row!.count
}
