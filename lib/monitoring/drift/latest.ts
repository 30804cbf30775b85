import { desc, eq, sql } from 'drizzle-orm'
import { modelVersions } from '../../../drizzle/schema'
import { driftChecks, versionReferences } from '../../../drizzle/schema/drift'
import type { Database } from '../../db'
import type { FieldDrift } from '../../protocol/drift'

export type DriftCheck = {
  version: string
  records: number
  from: Date
  to: Date
  at: Date
  drifted: boolean
  /** Most changed first. */
  fields: FieldDrift[]
}
export type DriftState = {
  /** The last comparison of each version that was compared within 30 days, the newest first. */
  checks: DriftCheck[]
  /** Whether the version in production has a reference; null without one in production. */
  referenced: boolean | null
}

/** What is known of an endpoint's drift. */
export async function driftState(db: Database, endpointId: string): Promise<DriftState> {
  const checks = await db
    .selectDistinctOn([driftChecks.versionId], {
      version: driftChecks.version,
      records: driftChecks.records,
      from: driftChecks.from,
      to: driftChecks.to,
      at: driftChecks.at,
      drifted: driftChecks.drifted,
      fields: driftChecks.fields,
    })
    .from(driftChecks)
    .where(eq(driftChecks.endpointId, endpointId))
    .orderBy(driftChecks.versionId, desc(driftChecks.at))
  const [production] = await db
    .select({ versionId: versionReferences.versionId })
    .from(modelVersions)
    .leftJoin(versionReferences, eq(versionReferences.versionId, modelVersions.id))
    .where(sql`${modelVersions.endpointId} = ${endpointId} and ${modelVersions.status} = 'production'`)
  checks.sort((a, b) => b.at.getTime() - a.at.getTime())
  return { checks, referenced: production ? production.versionId !== null : null }
}
