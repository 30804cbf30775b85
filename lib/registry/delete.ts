import { and, eq, isNull, ne } from 'drizzle-orm'
import { abTests, endpoints, modelVersions } from '../../drizzle/schema'
import { shadows } from '../../drizzle/schema/shadows'
import { lockEndpoint } from '../abtests/lock'
import type { Database, Transaction } from '../db'
import { reasonInUse } from './in-use'
import { RegistryError } from './registry'

type Asked = { workspaceId: string; endpoint: string; userId: string }

/**
 * Deletes a version that nothing uses: nobody can call it from then on, and its artifact goes with the next sweep. Its row,
 * its history and its log stay. Rejects with `RegistryError`: no such version (404), in use (409). The caller has passed
 * the door.
 */
export async function deleteVersion(db: Database, asked: Asked & { version: string }): Promise<void> {
  await db.transaction(async (tx) => {
    const endpoint = await lockEndpoint(tx, asked)
    const versions = await usesOf(tx, endpoint.id)
    const found = versions.find(({ version }) => version === asked.version)
    if (!found)
      throw new RegistryError(404, 'no_version', `no such version: ${asked.endpoint} ${asked.version}`)
    if (found.use) throw new RegistryError(409, 'in_use', `${found.use}: ${asked.version}`)
    await markDeleted(tx, found.id, asked.userId)
  })
}

/**
 * Deletes an endpoint none of whose versions is in use, with all of them. Its name is free from then on; its pages stay,
 * under the name that this resolves with. Rejects as `deleteVersion` does.
 */
export async function deleteEndpoint(db: Database, asked: Asked): Promise<{ name: string }> {
  return db.transaction(async (tx) => {
    const endpoint = await lockEndpoint(tx, asked)
    const versions = await usesOf(tx, endpoint.id)
    const used = versions.find(({ use }) => use)
    if (used) throw new RegistryError(409, 'in_use', `${used.use}: ${used.version}`)
    for (const { id } of versions) await markDeleted(tx, id, asked.userId)
    // No name that can be promoted to has a tilde.
    const name = `${asked.endpoint}~${endpoint.id.slice(0, 8)}`
    await tx.update(endpoints).set({ name, deletedAt: new Date() }).where(eq(endpoints.id, endpoint.id))
    return { name }
  })
}

/** An endpoint's versions that are not deleted, each with what it is used for. */
async function usesOf(tx: Transaction, endpointId: string) {
  const versions = await tx
    .select({
      id: modelVersions.id,
      version: modelVersions.version,
      status: modelVersions.status,
      state: modelVersions.state,
    })
    .from(modelVersions)
    .where(and(eq(modelVersions.endpointId, endpointId), ne(modelVersions.state, 'deleted')))
  const tests = await tx
    .select({ variants: abTests.variants })
    .from(abTests)
    .where(and(eq(abTests.endpointId, endpointId), isNull(abTests.endedAt)))
  const tested = new Set(tests.flatMap(({ variants }) => variants.map(({ versionId }) => versionId)))
  const copied = await tx
    .select({ versionId: shadows.versionId })
    .from(shadows)
    .where(and(eq(shadows.endpointId, endpointId), isNull(shadows.endedAt)))
  const shadowing = new Set(copied.map(({ versionId }) => versionId))
  return versions.map((row) => ({
    ...row,
    use: reasonInUse({ ...row, tested: tested.has(row.id), shadowing: shadowing.has(row.id) }),
  }))
}

const markDeleted = (tx: Transaction, versionId: string, userId: string) =>
  tx
    .update(modelVersions)
    .set({ state: 'deleted', deletedAt: new Date(), deletedBy: userId })
    .where(eq(modelVersions.id, versionId))
