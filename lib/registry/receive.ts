import { and, eq, sql } from 'drizzle-orm'
import { endpoints, modelVersions, notebooks, revisionContents, revisions } from '../../drizzle/schema'
import type { Database } from '../db'
import type { Promotion } from '../protocol/hosts'
import type { Promoted, PromoteRequest } from '../protocol/kernel'
import { decodePromotionBody } from '../protocol/promotion-body'
import type { CheckReply } from '../protocol/serving'
import { type Registry, RegistryError } from './registry'
import { makeProduction } from './status'
import { nextVersion } from './versions'

/**
 * A promotion as a host hands it over: `body` is what `lib/protocol/promotion-body` encodes. The version is numbered and
 * recorded as `checking`, its self-test runs in a fresh model child, and one transaction makes it ready and production.
 * Rejects with `RegistryError`: the body is no promotion (400), the notebook is gone (404), the self-test differs (422),
 * no worker answered in time (503). The caller has passed the door: `promotion.userId` may promote from this notebook.
 */
export async function receiveVersion(
  registry: Registry,
  promotion: Promotion,
  body: Uint8Array,
): Promise<Promoted> {
  const { request, bundle } = decode(body)
  const workspaceId = await workspaceOf(registry.db, promotion.notebookId)
  // Before the row that names it: a row never points at an artifact that is not there.
  const artifact = await registry.artifacts.put(bundle)
  const row = await recordVersion(registry.db, workspaceId, promotion, request, artifact)
  const { records, predictions } = request.selfTest
  const reply = await registry
    .check({ versionId: row.id, artifact: artifact.name, records, predictions })
    .catch(async (cause: Error) => {
      await reject(registry.db, row.id, `the self-test could not run: ${cause.message}`)
      throw new RegistryError(503, 'no_worker', `version ${row.version} was not published: ${cause.message}`)
    })
  await settle(registry.db, row, reply, records.length, promotion.userId)
  return promoted(registry.origin, request.endpoint, row.version)
}

/** What the cell gets back. `url` is called by applications, `page` is for people. */
export const promoted = (origin: string, endpoint: string, version: string): Promoted => ({
  endpoint,
  version,
  url: `${origin}/api/v1/${endpoint}/predict`,
  page: `${origin}/endpoints/${endpoint}`,
})

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

type Recorded = { id: string; endpointId: string; version: string }

/** The newest revision of a version's notebook that holds its cell as it ran; null where none does. */
const revisionOf = (versionId: string) => sql`(
  select ${revisions.id} from ${revisions}
  join ${revisionContents} on ${revisionContents.notebookId} = ${revisions.notebookId}
    and ${revisionContents.hash} = ${revisions.hash}
  join ${modelVersions} as version on version.id = ${versionId} and version.notebook_id = ${revisions.notebookId}
  where exists (
    select 1 from json_array_elements(${revisionContents.content}->'cells') as cell
    where cell->>'id' = version.cell_id and cell->>'source' = version.cell_source
  )
  order by ${revisions.createdAt} desc limit 1)`

/** Numbers and inserts under the endpoint's row lock, so that concurrent promotions leave no gap. */
function recordVersion(
  db: Database,
  workspaceId: string,
  promotion: Promotion,
  request: PromoteRequest,
  artifact: { name: string; bytes: number },
): Promise<Recorded> {
  const { endpoint: name, schema, selfTest, environment } = request
  return db.transaction(async (tx) => {
    await tx
      .insert(endpoints)
      .values({ workspaceId, name, createdBy: promotion.userId })
      .onConflictDoNothing({ target: [endpoints.workspaceId, endpoints.name] })
    const [endpoint] = await tx
      .select({ id: endpoints.id })
      .from(endpoints)
      .where(and(eq(endpoints.workspaceId, workspaceId), eq(endpoints.name, name)))
      .for('update')
    const endpointId = endpoint!.id
    const existing = await tx
      .select({ version: modelVersions.version })
      .from(modelVersions)
      .where(eq(modelVersions.endpointId, endpointId))
    const version = nextVersion(existing.map((row) => row.version))
    const [row] = await tx
      .insert(modelVersions)
      .values({
        endpointId,
        version,
        notebookId: promotion.notebookId,
        cellId: promotion.cellId,
        cellSource: promotion.cellSource,
        artifact: artifact.name,
        artifactBytes: artifact.bytes,
        schema,
        example: selfTest.records.length
          ? { record: selfTest.records[0], prediction: selfTest.predictions[0] }
          : null,
        environment: { ...environment, ...promotion.environment },
        createdBy: promotion.userId,
      })
      .returning({ id: modelVersions.id })
    return { id: row!.id, endpointId, version }
  })
}

const reject = (db: Database, versionId: string, reason: string) =>
  db
    .update(modelVersions)
    .set({ state: 'rejected', rejection: reason })
    .where(and(eq(modelVersions.id, versionId), eq(modelVersions.state, 'checking')))

async function settle(db: Database, row: Recorded, reply: CheckReply, records: number, userId: string) {
  if (!reply.ok) {
    await reject(db, row.id, reply.reason)
    throw new RegistryError(422, 'self_test', `version ${row.version} was not published: ${reply.reason}`)
  }
  await db.transaction(async (tx) => {
    await tx.execute(sql`select 1 from ${endpoints} where ${endpoints.id} = ${row.endpointId} for update`)
    await tx
      .update(modelVersions)
      .set({
        state: 'ready',
        selfTest: { records, maxDifference: reply.maxDifference },
        revisionId: revisionOf(row.id),
      })
      .where(eq(modelVersions.id, row.id))
    await makeProduction(tx, { ...row, status: 'testing' }, { userId, reason: 'promoted from its notebook' })
  })
}
