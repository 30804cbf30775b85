import { and, desc, eq, gt, inArray, isNotNull, sql } from 'drizzle-orm'
import { endpoints } from '../../drizzle/schema'
import { predictionRollups } from '../../drizzle/schema/monitoring'
import type { Database } from '../db'
import { add, figuresOf, nothing } from '../monitoring/figures'
import type { RecordSchema } from '../protocol/schema'

/** One line of the list of endpoints. Latencies in milliseconds; the counts are of the last 24 hours, this one included. */
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
  }>(sql`
    select e.id, e.name, e.created_at, e.deleted_at, v.version, v.created_at as promoted_at, v.schema,
      (select count(*)::int from model_versions m where m.endpoint_id = e.id and m.state <> 'deleted') as versions
    from endpoints e
    left join model_versions v on v.endpoint_id = e.id and v.status = 'production' and v.state = 'ready'
    where e.workspace_id = ${workspaceId}
      and ${name === undefined ? sql`e.deleted_at is null` : sql`e.name = ${name}`}
    order by e.name`)
  const figures = await lastDay(
    db,
    [...rows].map(({ id }) => id),
  )
  return [...rows].map(({ created_at, deleted_at, promoted_at, ...row }) => ({
    ...row,
    ...figures(row.id),
    createdAt: new Date(created_at),
    deletedAt: deleted_at === null ? null : new Date(deleted_at),
    promotedAt: promoted_at === null ? null : new Date(promoted_at),
  }))
}

/** By hours, so that the list costs the same however many requests there were. */
async function lastDay(db: Database, endpointIds: string[], now = Date.now()) {
  const rows = endpointIds.length
    ? await db
        .select()
        .from(predictionRollups)
        .where(
          and(
            inArray(predictionRollups.endpointId, endpointIds),
            eq(predictionRollups.resolution, 'hour'),
            gt(predictionRollups.start, new Date(now - 24 * 3_600_000)),
          ),
        )
    : []
  const sums = new Map(endpointIds.map((id) => [id, nothing()]))
  for (const row of rows) add(sums.get(row.endpointId)!, row)
  return (id: string) => {
    const { requests, errors, refused, p50, p99 } = figuresOf(sums.get(id)!)
    return { predictions: requests, failures: errors + refused, p50, p99 }
  }
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
