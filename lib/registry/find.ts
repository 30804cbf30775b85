import { and, eq } from 'drizzle-orm'
import { endpoints, modelVersions } from '../../drizzle/schema'
import { type Database, database } from '../db'
import type { RecordSchema } from '../protocol/schema'
import { Refused } from '../refused'

/** What answers now, with all that the gateway needs. */
export type ProductionVersion = {
  endpointId: string
  versionId: string
  version: string
  artifact: string
  schema: RecordSchema
  example: { record: unknown; prediction: unknown } | null
}

/** `no_endpoint`: unknown in this workspace (404); `no_production`: no version answers (409). */
export async function productionVersion(
  db: Database,
  workspaceId: string,
  name: string,
): Promise<ProductionVersion | 'no_endpoint' | 'no_production'> {
  const [row] = await db
    .select({
      endpointId: endpoints.id,
      versionId: modelVersions.id,
      version: modelVersions.version,
      artifact: modelVersions.artifact,
      schema: modelVersions.schema,
      example: modelVersions.example,
    })
    .from(endpoints)
    .leftJoin(
      modelVersions,
      and(
        eq(modelVersions.endpointId, endpoints.id),
        eq(modelVersions.status, 'production'),
        eq(modelVersions.state, 'ready'),
      ),
    )
    .where(and(eq(endpoints.workspaceId, workspaceId), eq(endpoints.name, name)))
  if (!row) return 'no_endpoint'
  const { endpointId, versionId, version, artifact, schema, example } = row
  if (!versionId || !version || !artifact || !schema) return 'no_production'
  return { endpointId, versionId, version, artifact, schema, example }
}

export async function endpointByName(db: Database, workspaceId: string, name: string) {
  const [row] = await db
    .select()
    .from(endpoints)
    .where(and(eq(endpoints.workspaceId, workspaceId), eq(endpoints.name, name)))
  return row
}

/** An endpoint of a workspace that the caller was let into. Throws `Refused` 404 where it has no such one. */
export async function existingEndpoint(workspaceId: string, name: string, db = database()) {
  const endpoint = await endpointByName(db, workspaceId, name)
  if (!endpoint) throw new Refused(404, 'not_found', `no such endpoint: ${name}`)
  return endpoint
}
