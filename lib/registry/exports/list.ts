import { and, desc, eq, lt } from 'drizzle-orm'
import { endpoints, modelVersions, users } from '../../../drizzle/schema'
import { versionExports } from '../../../drizzle/schema/version-exports'
import type { ArtifactStore } from '../../artifacts'
import type { Database } from '../../db'
import type { PythonFormat } from '../../protocol/study'
import { versionNamed } from '../version-named'

/** One time that Python wrote a version. */
export type VersionExport = {
  id: string
  format: PythonFormat
  state: 'running' | 'done' | 'failed'
  note: string
  bytes: number | null
  by: string | null
  startedAt: Date
  endedAt: Date | null
}

/** Longer than any takes: what still runs then has lost its web process. Milliseconds. */
export const exportMs = 12 * 60_000

/** The newest of each format. */
export async function listExports(
  db: Database,
  workspaceId: string,
  endpoint: string,
  version: string,
): Promise<VersionExport[]> {
  return db
    .selectDistinctOn([versionExports.format], {
      id: versionExports.id,
      format: versionExports.format,
      state: versionExports.state,
      note: versionExports.note,
      bytes: versionExports.bytes,
      by: users.name,
      startedAt: versionExports.startedAt,
      endedAt: versionExports.endedAt,
    })
    .from(versionExports)
    .innerJoin(modelVersions, eq(modelVersions.id, versionExports.versionId))
    .innerJoin(endpoints, eq(endpoints.id, modelVersions.endpointId))
    .leftJoin(users, eq(users.id, versionExports.startedBy))
    .where(versionNamed(workspaceId, endpoint, version))
    .orderBy(versionExports.format, desc(versionExports.startedAt))
}

/** The file of one that is done; undefined where it is not there any more. */
export async function exportedFile(
  db: Database,
  uploads: Pick<ArtifactStore, 'has' | 'get'>,
  asked: { workspaceId: string; endpoint: string; version: string; id: string },
): Promise<{ format: PythonFormat; data: Uint8Array } | undefined> {
  const [row] = await db
    .select({ format: versionExports.format, artifact: versionExports.artifact })
    .from(versionExports)
    .innerJoin(modelVersions, eq(modelVersions.id, versionExports.versionId))
    .innerJoin(endpoints, eq(endpoints.id, modelVersions.endpointId))
    .where(
      and(eq(versionExports.id, asked.id), versionNamed(asked.workspaceId, asked.endpoint, asked.version)),
    )
  if (!row?.artifact || !(await uploads.has(row.artifact))) return
  return { format: row.format, data: await uploads.get(row.artifact) }
}

/** Ends those whose web process ended before them. Resolves to how many there were. */
export async function endLostExports(db: Database, now = Date.now()): Promise<number> {
  const rows = await db
    .update(versionExports)
    .set({
      state: 'failed',
      note: 'Cellar was restarted while it was written; begin it again',
      endedAt: new Date(now),
    })
    .where(and(eq(versionExports.state, 'running'), lt(versionExports.startedAt, new Date(now - exportMs))))
    .returning({ id: versionExports.id })
  return rows.length
}
