import { and, desc, eq, isNotNull, sql } from 'drizzle-orm'
import { endpoints } from '../../drizzle/schema'
import type { Database } from '../db'
import type { RecordSchema } from '../protocol/schema'

/** One line of the list of endpoints. Latencies in milliseconds; the counts are of the last 24 hours. */
export type EndpointSummary = {
  id: string
  name: string
  createdAt: Date
  deletedAt: Date | null
  /** In production now, or null. */
  version: string | null
  /** When that version was made. */
  promotedAt: Date | null
  schema: RecordSchema | null
  versions: number
  predictions: number
  failures: number
  p50: number | null
  p99: number | null
}

/** Of one workspace, by name; with `name`, that one alone. */
export async function listEndpoints(
  db: Database,
  workspaceId: string,
  name?: string,
): Promise<EndpointSummary[]> {
  const rows = await db.execute<{
    id: string
    name: string
    created_at: string | Date
    deleted_at: string | Date | null
    version: string | null
    promoted_at: string | Date | null
    schema: RecordSchema | null
    versions: number
    predictions: number
    failures: number
    p50: number | null
    p99: number | null
  }>(sql`
    select e.id, e.name, e.created_at, e.deleted_at, v.version, v.created_at as promoted_at, v.schema,
      (select count(*)::int from model_versions m where m.endpoint_id = e.id and m.state <> 'deleted') as versions,
      p.predictions, p.failures, p.p50, p.p99
    from endpoints e
    left join model_versions v on v.endpoint_id = e.id and v.status = 'production' and v.state = 'ready'
    cross join lateral (
      select count(*)::int as predictions, (count(*) filter (where status >= 400))::int as failures,
        percentile_cont(0.5) within group (order by latency_ms) filter (where status = 200) as p50,
        percentile_cont(0.99) within group (order by latency_ms) filter (where status = 200) as p99
      from predictions where endpoint_id = e.id and created_at > now() - interval '24 hours'
    ) p
    where e.workspace_id = ${workspaceId}
      and ${name === undefined ? sql`e.deleted_at is null` : sql`e.name = ${name}`}
    order by e.name`)
  return [...rows].map(({ created_at, deleted_at, promoted_at, ...row }) => ({
    ...row,
    createdAt: new Date(created_at),
    deletedAt: deleted_at === null ? null : new Date(deleted_at),
    promotedAt: promoted_at === null ? null : new Date(promoted_at),
  }))
}

/** Endpoints that were deleted, the last first: their pages can still be read. */
export async function deletedEndpoints(db: Database, workspaceId: string) {
  const rows = await db
    .select({ name: endpoints.name, deletedAt: endpoints.deletedAt })
    .from(endpoints)
    .where(and(eq(endpoints.workspaceId, workspaceId), isNotNull(endpoints.deletedAt)))
    .orderBy(desc(endpoints.deletedAt))
    .limit(100)
  return rows.map(({ name, deletedAt }) => ({ name, deletedAt: deletedAt! }))
}
