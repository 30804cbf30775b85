import { and, eq, ne } from 'drizzle-orm'
import { endpoints, modelVersions } from '../../drizzle/schema'
import type { Database, Transaction } from '../db'
import { RegistryError } from './registry'
import { compareVersions } from './versions'

/**
 * Makes a ready version the one that answers; the one before becomes `staging`. Rolling back is the same with an older
 * version. Rejects with `RegistryError`: no such version in this workspace (404), not ready (409).
 * The caller has passed the door.
 */
export async function setProduction(
  db: Database,
  target: { workspaceId: string; endpoint: string; version: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    const [endpoint] = await tx
      .select({ id: endpoints.id })
      .from(endpoints)
      .where(and(eq(endpoints.workspaceId, target.workspaceId), eq(endpoints.name, target.endpoint)))
      .for('update')
    const [row] = endpoint
      ? await tx
          .select({ id: modelVersions.id, state: modelVersions.state })
          .from(modelVersions)
          .where(and(eq(modelVersions.endpointId, endpoint.id), eq(modelVersions.version, target.version)))
      : []
    if (!endpoint || !row)
      throw new RegistryError(404, 'no_version', `no such version: ${target.endpoint} ${target.version}`)
    if (row.state !== 'ready')
      throw new RegistryError(
        409,
        'not_ready',
        `only a ready version can answer; ${target.version} is ${row.state}`,
      )
    await makeProduction(tx, { id: row.id, endpointId: endpoint.id, version: target.version, chosen: true })
  })
}

/**
 * Within a transaction that holds the endpoint's row lock. The old version leaves first, because the database refuses two
 * production versions at any moment. A version whose check ended late never takes the place of a newer one, unless
 * a person chose it.
 */
export async function makeProduction(
  tx: Transaction,
  row: { id: string; endpointId: string; version: string; chosen?: boolean },
): Promise<void> {
  const [current] = await tx
    .select({ id: modelVersions.id, version: modelVersions.version })
    .from(modelVersions)
    .where(
      and(
        eq(modelVersions.endpointId, row.endpointId),
        eq(modelVersions.status, 'production'),
        ne(modelVersions.id, row.id),
      ),
    )
  const late = current && !row.chosen && compareVersions(current.version, row.version) > 0
  if (current && !late)
    await tx.update(modelVersions).set({ status: 'staging' }).where(eq(modelVersions.id, current.id))
  await tx
    .update(modelVersions)
    .set({ status: late ? 'staging' : 'production' })
    .where(eq(modelVersions.id, row.id))
}
