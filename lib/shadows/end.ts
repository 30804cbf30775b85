import { and, eq, isNull } from 'drizzle-orm'
import { endpoints, modelVersions } from '../../drizzle/schema'
import { shadows } from '../../drizzle/schema/shadows'
import type { Database, Queryable } from '../db'
import { versionNamed } from '../registry/version-named'

/** A version gets no more copies; resolves to whether it got any. What it answered stays. */
export async function endShadow(db: Queryable, versionId: string, userId: string | null): Promise<boolean> {
  const ended = await db
    .update(shadows)
    .set({ endedAt: new Date(), endedBy: userId })
    .where(and(eq(shadows.versionId, versionId), isNull(shadows.endedAt)))
    .returning({ id: shadows.id })
  return ended.length > 0
}

/** The same, by the version's name. */
export async function endShadowOf(
  db: Database,
  asked: { workspaceId: string; endpoint: string; version: string; userId: string },
): Promise<boolean> {
  const [row] = await db
    .select({ id: modelVersions.id })
    .from(endpoints)
    .innerJoin(modelVersions, eq(modelVersions.endpointId, endpoints.id))
    .where(versionNamed(asked.workspaceId, asked.endpoint, asked.version))
  return row !== undefined && endShadow(db, row.id, asked.userId)
}
