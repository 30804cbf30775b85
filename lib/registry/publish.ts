import { and, eq, sql } from 'drizzle-orm'
import { endpoints, modelVersions } from '../../drizzle/schema'
import { versionReferences } from '../../drizzle/schema/drift'
import { readByModel } from '../datasets/read-by-model'
import type { Database } from '../db'
import type { Promoted, PromoteRequest } from '../protocol/kernel'
import type { CheckReply } from '../protocol/serving'
import type { VersionSource } from '../protocol/version-source'
import type { VersionStatus } from '../protocol/version-status'
import { newestHolding } from '../revisions/holding'
import { type Registry, RegistryError } from './registry'
import { changeStatus, makeProduction } from './status'
import { nextVersion } from './versions'

/** All that a version is made of; its artifact is in the store already: a row never points at one that is not there. */
export type Candidate = Pick<
  PromoteRequest,
  'schema' | 'selfTest' | 'reference' | 'environment' | 'files'
> & {
  workspaceId: string
  userId: string
  endpoint: string
  artifact: { name: string; bytes: number }
  /** The cell that it was promoted from. */
  cell?: { notebookId: string | null; cellId: string; cellSource: string; variable: string; runId?: string }
  /** Where else it came from. */
  source?: VersionSource
  /** What it is once its self-test has passed. */
  status: VersionStatus
  /** Why, for the endpoint's history. */
  reason: string
}

/**
 * Makes a version. It is numbered and recorded as `checking`, its self-test runs in a fresh model child, and one
 * transaction makes it ready and gives it its status. Rejects with `RegistryError`: the self-test differs (422), no worker
 * answered in time (503). The caller has passed the door.
 */
export async function publishVersion(registry: Registry, candidate: Candidate): Promise<Promoted> {
  const row = await recordVersion(registry.db, candidate)
  const { records, predictions } = candidate.selfTest
  const reply = await registry
    .check({ versionId: row.id, artifact: candidate.artifact.name, records, predictions })
    .catch(async (cause: Error) => {
      await reject(registry.db, row.id, `the self-test could not run: ${cause.message}`)
      throw new RegistryError(503, 'no_worker', `version ${row.version} was not published: ${cause.message}`)
    })
  await settle(registry.db, row, reply, candidate)
  return promoted(registry.origin, candidate.endpoint, row.version)
}

/** What the cell gets back. `url` is called by applications, `page` is for people. */
export const promoted = (origin: string, endpoint: string, version: string): Promoted => ({
  endpoint,
  version,
  url: `${origin}/api/v1/${endpoint}/predict`,
  page: `${origin}/endpoints/${endpoint}`,
})

type Recorded = { id: string; endpointId: string; version: string }

/** Numbers and inserts under the endpoint's row lock, so that concurrent promotions leave no gap. */
function recordVersion(
  db: Database,
  {
    workspaceId,
    userId,
    endpoint: name,
    artifact,
    schema,
    selfTest,
    reference,
    environment,
    files,
    cell,
    source,
  }: Candidate,
): Promise<Recorded> {
  return db.transaction(async (tx) => {
    await tx
      .insert(endpoints)
      .values({ workspaceId, name, createdBy: userId })
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
        ...cell,
        source,
        artifact: artifact.name,
        artifactBytes: artifact.bytes,
        schema,
        example: selfTest.records.length
          ? { record: selfTest.records[0], prediction: selfTest.predictions[0] }
          : null,
        environment,
        data: files,
        createdBy: userId,
      })
      .returning({ id: modelVersions.id })
    await readByModel(tx, { workspaceId, modelVersionId: row!.id, files: files ?? [] })
    if (reference) await tx.insert(versionReferences).values({ versionId: row!.id, reference })
    return { id: row!.id, endpointId, version }
  })
}

const reject = (db: Database, versionId: string, reason: string) =>
  db
    .update(modelVersions)
    .set({ state: 'rejected', rejection: reason })
    .where(and(eq(modelVersions.id, versionId), eq(modelVersions.state, 'checking')))

async function settle(
  db: Database,
  row: Recorded,
  reply: CheckReply,
  { selfTest, userId, status, reason, cell }: Candidate,
) {
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
        selfTest: { records: selfTest.records.length, maxDifference: reply.maxDifference },
        ...(cell?.notebookId && { revisionId: newestHolding(cell.notebookId, cell.cellId, cell.cellSource) }),
      })
      .where(eq(modelVersions.id, row.id))
    const made = { ...row, status: 'testing' as const }
    if (status === 'production') await makeProduction(tx, made, { userId, reason })
    else await changeStatus(tx, { endpointId: row.endpointId, userId }, made, status, reason)
  })
}
