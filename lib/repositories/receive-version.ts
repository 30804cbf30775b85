import { eq, sql } from 'drizzle-orm'
import { pulls, repositories } from '../../drizzle/schema/repositories'
import { enter } from '../door'
import type { Promoted } from '../protocol/kernel'
import { decodePromotionBody } from '../protocol/promotion-body'
import type { PullPromotion } from '../protocol/repository'
import { Refused } from '../refused'
import { publishVersion } from '../registry/publish'
import type { Registry } from '../registry/registry'

/**
 * What a pull's notebook promotes: from the machine that runs the pull, while it runs, in the name of whoever asked for it
 * and may still do so. Then as every version is made.
 */
export async function receivePulledVersion(
  registry: Registry,
  machineId: string,
  { pullId, cellId, cellSource, variable, environment }: PullPromotion,
  body: Uint8Array,
): Promise<Promoted> {
  const { db } = registry
  const [row] = await db
    .select({ pull: pulls, repository: repositories })
    .from(pulls)
    .innerJoin(repositories, eq(repositories.id, pulls.repositoryId))
    .where(eq(pulls.id, pullId))
  if (!row || row.pull.machineId !== machineId || row.pull.state !== 'running')
    throw new Refused(403, 'forbidden', `this machine runs no such pull: ${pullId}`)
  const { pull, repository } = row
  if (!pull.userId) throw new Refused(403, 'forbidden', 'the account in whose name it was pulled is gone')
  const { workspaceId, id: repositoryId, address, path } = repository
  await enter({ kind: 'user', id: pull.userId }, 'endpoint.manage', { workspaceId }, db)
  const { request, bundle } = decode(body)
  const artifact = await registry.artifacts.put(bundle)
  const commit = pull.commit?.hash ?? ''
  const promoted = await publishVersion(registry, {
    workspaceId,
    userId: pull.userId,
    endpoint: request.endpoint,
    artifact,
    schema: request.schema,
    selfTest: request.selfTest,
    environment: { ...request.environment, ...environment },
    cell: { notebookId: null, cellId, cellSource, variable },
    source: { kind: 'repository', repositoryId, pullId, address, commit, path },
    status: 'production',
    reason: `${path} at ${commit.slice(0, 12)}, its tests passed`,
  })
  const made = JSON.stringify([{ endpoint: promoted.endpoint, version: promoted.version }])
  // Cells may promote at once.
  await db
    .update(pulls)
    .set({ promoted: sql`(${pulls.promoted}::jsonb || ${made}::jsonb)::json`, heardAt: new Date() })
    .where(eq(pulls.id, pullId))
  return promoted
}

function decode(body: Uint8Array) {
  try {
    return decodePromotionBody(body)
  } catch (cause) {
    throw new Refused(400, 'bad_promotion', `the promotion cannot be read: ${(cause as Error).message}`)
  }
}
