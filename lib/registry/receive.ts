import { eq } from 'drizzle-orm'
import { notebooks } from '../../drizzle/schema'
import type { Database } from '../db'
import type { Promotion } from '../protocol/hosts'
import type { Promoted } from '../protocol/kernel'
import { decodePromotionBody } from '../protocol/promotion-body'
import { publishVersion } from './publish'
import { type Registry, RegistryError } from './registry'

/**
 * A promotion as a host hands it over: `body` is what `lib/protocol/promotion-body` encodes. The version is
 * made as `publishVersion` makes them, and answers at once. Rejects with `RegistryError`: the body is no promotion (400),
 * the notebook is gone (404), the self-test differs (422), no worker answered in time (503). The caller has passed the door: `promotion.userId` may promote from this notebook.
 */
export async function receiveVersion(
  registry: Registry,
  promotion: Promotion,
  body: Uint8Array,
): Promise<Promoted> {
  const { request, bundle } = decode(body)
  const workspaceId = await workspaceOf(registry.db, promotion.notebookId)
  const artifact = await registry.artifacts.put(bundle)
  const { notebookId, cellId, cellSource, variable, userId } = promotion
  return publishVersion(registry, {
    workspaceId,
    userId,
    endpoint: request.endpoint,
    artifact,
    schema: request.schema,
    selfTest: request.selfTest,
    reference: request.reference,
    environment: { ...request.environment, ...promotion.environment },
    files: request.files,
    cell: { notebookId, cellId, cellSource, variable, runId: request.runId },
    status: 'production',
    reason: 'promoted from its notebook',
  })
}

function decode(body: Uint8Array) {
  try {
    return decodePromotionBody(body)
  } catch (cause) {
    throw new RegistryError(400, 'bad_promotion', `the promotion cannot be read: ${(cause as Error).message}`)
  }
}

async function workspaceOf(db: Database, notebookId: string) {
  const [notebook] = await db
    .select({ workspaceId: notebooks.workspaceId })
    .from(notebooks)
    .where(eq(notebooks.id, notebookId))
  if (!notebook) throw new RegistryError(404, 'no_notebook', `the notebook was deleted: ${notebookId}`)
  return notebook.workspaceId
}
