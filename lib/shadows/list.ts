import { desc, eq, sql } from 'drizzle-orm'
import { users } from '../../drizzle/schema'
import { shadows } from '../../drizzle/schema/shadows'
import type { Database } from '../db'
import { agrees } from '../serving/agrees'

/** How one of the two did, of the requests that both were asked. Latencies in milliseconds. */
export type ShadowSide = {
  errors: number
  p50: number | null
  p95: number | null
  p99: number | null
  /** Labelled answers that were right. */
  right: number
}

/** One time that a version got copies of requests, and what came of them. */
export type Shadow = {
  id: string
  share: number
  dropped: number
  startedBy: string | null
  startedAt: Date
  endedAt: Date | null
  /** The figures are of the newest so many copies, at most 20,000. */
  requests: number
  /** Records that both answered, and those for which they decided alike. */
  compared: number
  agreed: number
  /** The largest absolute difference of two numbers. */
  difference: number | null
  real: ShadowSide
  shadow: ShadowSide
  /** Requests whose truth is known and both of whose answers were kept; the newest 1,000. */
  labels: number
  /** What went wrong most often in the shadow. */
  problem: string | null
}

const counted = 20_000
const labelled = 1_000
const shown = 5

/** Of a version, newest first, at most five. */
export async function shadowsOf(db: Database, versionId: string): Promise<Shadow[]> {
  const rows = await db
    .select({
      id: shadows.id,
      share: shadows.share,
      dropped: shadows.dropped,
      startedBy: users.name,
      startedAt: shadows.startedAt,
      endedAt: shadows.endedAt,
    })
    .from(shadows)
    .leftJoin(users, eq(users.id, shadows.startedBy))
    .where(eq(shadows.versionId, versionId))
    .orderBy(desc(shadows.startedAt), desc(shadows.id))
    .limit(shown)
  return Promise.all(
    rows.map(async (row) => {
      const [figures, labels] = await Promise.all([figuresOf(db, row.id), labelsOf(db, row.id)])
      const { real, shadow, ...rest } = figures
      return {
        ...row,
        ...rest,
        real: { ...real, right: labels.real },
        shadow: { ...shadow, right: labels.shadow },
        labels: labels.count,
      }
    }),
  )
}

type Side = Omit<ShadowSide, 'right'>

async function figuresOf(db: Database, shadowId: string) {
  const [row] = await db.execute<{
    requests: number
    compared: number
    agreed: number
    difference: number | null
    problem: string | null
    real: Side
    shadow: Side
  }>(sql`
    with newest as (
      select * from shadow_predictions where shadow_id = ${shadowId} order by created_at desc limit ${counted}
    )
    select count(*)::int as requests,
      coalesce(sum(records) filter (where agreed is not null), 0)::int as compared,
      coalesce(sum(agreed), 0)::int as agreed, max(difference) as difference,
      mode() within group (order by left(error, 300)) as problem,
      json_build_object('errors', count(*) filter (where real_status <> 200),
        'p50', percentile_cont(0.5) within group (order by real_latency_ms) filter (where real_status = 200),
        'p95', percentile_cont(0.95) within group (order by real_latency_ms) filter (where real_status = 200),
        'p99', percentile_cont(0.99) within group (order by real_latency_ms) filter (where real_status = 200)
      ) as real,
      json_build_object('errors', count(*) filter (where status <> 200),
        'p50', percentile_cont(0.5) within group (order by latency_ms) filter (where status = 200),
        'p95', percentile_cont(0.95) within group (order by latency_ms) filter (where status = 200),
        'p99', percentile_cont(0.99) within group (order by latency_ms) filter (where status = 200)
      ) as shadow
    from newest`)
  return row!
}

/** Feedback says what was true of a request, whoever answered it. */
async function labelsOf(db: Database, shadowId: string) {
  const rows = await db.execute<{ truth: unknown; right: boolean; output: unknown }>(sql`
    select f.truth, f."right", s.output
    from shadow_predictions s join feedback f on f.request_id = s.request_id
    where s.shadow_id = ${shadowId} and s.output is not null
    order by f.created_at desc limit ${labelled}`)
  return {
    count: rows.length,
    real: rows.filter(({ right }) => right).length,
    shadow: rows.filter(({ truth, output }) => agrees(truth, output)).length,
  }
}
