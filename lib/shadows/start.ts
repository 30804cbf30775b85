import { and, eq, isNull } from 'drizzle-orm'
import { modelVersions } from '../../drizzle/schema'
import { shadows } from '../../drizzle/schema/shadows'
import { lockEndpoint } from '../abtests/lock'
import { type Registry, RegistryError } from '../registry/registry'
import { tryVersion } from '../registry/status'

export type ShadowAsked = {
  workspaceId: string
  endpoint: string
  version: string
  userId: string
  /** Percent of the requests. */
  share: number
}

/** Each runs its model beside the one that answers. */
const mostAtOnce = 4

/**
 * Lets a version get copies of the endpoint's requests; of one that does already it sets the share. It is loaded and tried
 * first. Rejects with `RegistryError`: no such version (404), not ready, it answers itself, or there are too many (409), it
 * does not load any more (422), no worker (503).
 */
export async function shadow(registry: Registry, asked: ShadowAsked): Promise<{ id: string }> {
  await tryVersion(registry, asked)
  return registry.db.transaction(async (tx) => {
    const endpoint = await lockEndpoint(tx, asked)
    const [version] = await tx
      .select({ id: modelVersions.id, status: modelVersions.status })
      .from(modelVersions)
      .where(
        and(
          eq(modelVersions.endpointId, endpoint.id),
          eq(modelVersions.version, asked.version),
          eq(modelVersions.state, 'ready'),
        ),
      )
    if (!version)
      throw new RegistryError(409, 'not_ready', `only a ready version can shadow: ${asked.version}`)
    if (version.status === 'production' || version.status === 'ab_testing')
      throw new RegistryError(
        409,
        'answers',
        `it answers requests itself, ${version.status === 'production' ? 'in production' : 'in an A/B test'}: ${asked.version}`,
      )
    const running = await tx
      .select({ id: shadows.id, versionId: shadows.versionId })
      .from(shadows)
      .where(and(eq(shadows.endpointId, endpoint.id), isNull(shadows.endedAt)))
    const own = running.find(({ versionId }) => versionId === version.id)
    if (own) {
      await tx.update(shadows).set({ share: asked.share }).where(eq(shadows.id, own.id))
      return { id: own.id }
    }
    if (running.length >= mostAtOnce)
      throw new RegistryError(
        409,
        'too_many',
        `${mostAtOnce} versions shadow this endpoint already; end one of them first`,
      )
    const [row] = await tx
      .insert(shadows)
      .values({
        endpointId: endpoint.id,
        versionId: version.id,
        share: asked.share,
        startedBy: asked.userId,
      })
      .returning({ id: shadows.id })
    return row!
  })
}
