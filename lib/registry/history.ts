import { desc, eq, sql } from 'drizzle-orm'
import { modelVersions, statusChanges, users } from '../../drizzle/schema'
import type { Database } from '../db'
import type { VersionStatus } from '../protocol/version-status'

export type HistoryEntry = {
  id: number
  version: string
  from: VersionStatus
  to: VersionStatus
  /** Name of who asked for it, null when the account is gone. */
  by: string | null
  reason: string
  at: Date
}

const shown = 100

/** The changes of status of an endpoint's versions, or of one version, newest first, at most 100. */
export const statusHistory = (
  db: Database,
  of: { endpointId: string } | { versionId: string },
): Promise<HistoryEntry[]> =>
  db
    .select({
      id: statusChanges.id,
      version: modelVersions.version,
      from: statusChanges.from,
      to: statusChanges.to,
      by: users.name,
      reason: statusChanges.reason,
      at: statusChanges.at,
    })
    .from(statusChanges)
    .innerJoin(modelVersions, eq(modelVersions.id, statusChanges.versionId))
    .leftJoin(users, eq(users.id, statusChanges.userId))
    .where(
      'versionId' in of
        ? eq(statusChanges.versionId, of.versionId)
        : eq(statusChanges.endpointId, of.endpointId),
    )
    .orderBy(desc(statusChanges.id))
    .limit(shown)

/** The version that was in production at a moment, and since when; undefined when there was none. */
export async function productionAt(
  db: Database,
  endpointId: string,
  at: Date,
): Promise<{ version: string; since: Date } | undefined> {
  const [row] = await db.execute<{ version: string; at: string | Date }>(sql`
    select v.version, last.at
    from (
      select distinct on (version_id) version_id, "to", at, id
      from status_changes
      -- A moment has milliseconds, a row microseconds.
      where endpoint_id = ${endpointId} and date_trunc('milliseconds', at) <= ${at.toISOString()}
      order by version_id, id desc
    ) last
    join model_versions v on v.id = last.version_id
    where last."to" = 'production'`)
  return row && { version: row.version, since: new Date(row.at) }
}
