import { sql } from 'drizzle-orm'
import type { Database } from '../db'
import { defaultLogSettings } from '../requests/settings'

/** Rows that one statement deletes: short enough that nobody waits for it. */
const batch = 5000

/** Deletes answers of shadows that are older than their endpoint keeps its requests. Resolves to how many went. */
export async function sweepShadows(db: Database): Promise<number> {
  let gone = 0
  for (let count = batch; count === batch; gone += count) {
    const [row] = await db.execute<{ count: number }>(sql`
      with old as (
        select p.shadow_id, p.request_id
        from shadow_predictions p
        join shadows s on s.id = p.shadow_id
        left join log_settings l on l.endpoint_id = s.endpoint_id
        where p.created_at < now() - make_interval(days => coalesce(l.retention_days, ${defaultLogSettings.retentionDays}::int))
        limit ${batch}
      ), deleted as (
        delete from shadow_predictions p using old
        where p.shadow_id = old.shadow_id and p.request_id = old.request_id returning 1
      )
      select count(*)::int as count from deleted`)
    count = row!.count
  }
  return gone
}
