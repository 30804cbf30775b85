import { and, eq, ne } from 'drizzle-orm'
import { endpoints, modelVersions, statusChanges } from '../../drizzle/schema'
import type { Transaction } from '../db'
import type { VersionStatus } from '../protocol/version-status'
import { endShadow } from '../shadows/end'
import { type Registry, RegistryError } from './registry'
import { compareVersions } from './versions'

export type StatusChange = {
  workspaceId: string
  endpoint: string
  version: string
  status: VersionStatus
  userId: string
  reason?: string
}

/** Statuses in which a version is asked for answers by their name. */
const answering = new Set<VersionStatus>(['production', 'ab_testing'])

/**
 * Gives a version a status. One version is `production` at a time: the one before becomes `staging` in the same
 * transaction; rolling back is the same with an older version. A version that is to answer is loaded and tried first, so
 * that no request waits for it. Rejects with `RegistryError`: no such version in this workspace (404), not ready (409),
 * it does not load any more (422), no worker (503). The caller has passed the door.
 */
export async function setStatus(registry: Registry, change: StatusChange): Promise<void> {
  if (answering.has(change.status)) await tryVersion(registry, change)
  await registry.db.transaction(async (tx) => {
    const row = await findVersion(tx, change, true)
    refuseUnready(row, change)
    const { userId, reason = '' } = change
    const by = { endpointId: row.endpointId, userId }
    if (change.status === 'production') {
      await makeProduction(tx, { ...row, version: change.version }, { userId, reason, chosen: true })
      return
    }
    await changeStatus(tx, by, row, change.status, reason)
  })
}

async function findVersion(
  tx: Pick<Transaction, 'select'>,
  { workspaceId, endpoint, version }: { workspaceId: string; endpoint: string; version: string },
  lock = false,
) {
  const named = tx
    .select({ id: endpoints.id })
    .from(endpoints)
    .where(and(eq(endpoints.workspaceId, workspaceId), eq(endpoints.name, endpoint)))
  const [found] = await (lock ? named.for('update') : named)
  const [row] = found
    ? await tx
        .select({
          id: modelVersions.id,
          endpointId: modelVersions.endpointId,
          state: modelVersions.state,
          status: modelVersions.status,
          artifact: modelVersions.artifact,
          example: modelVersions.example,
        })
        .from(modelVersions)
        .where(and(eq(modelVersions.endpointId, found.id), eq(modelVersions.version, version)))
    : []
  if (!row) throw new RegistryError(404, 'no_version', `no such version: ${endpoint} ${version}`)
  return row
}

function refuseUnready({ state }: { state: string }, { version }: { version: string }) {
  if (state !== 'ready')
    throw new RegistryError(409, 'not_ready', `only a ready version can answer; ${version} is ${state}`)
}

/**
 * Has a worker load a version and answer its own example; the process that does stays for the first caller. Rejects with
 * `RegistryError` 404, 409, 422 or 503.
 */
export async function tryVersion(
  { db, check }: Registry,
  change: { workspaceId: string; endpoint: string; version: string },
) {
  const row = await findVersion(db, change)
  refuseUnready(row, change)
  const { id: versionId, artifact, example } = row
  const records = example ? [example.record] : []
  const predictions = example ? [example.prediction] : []
  const reply = await check({ versionId, artifact, records, predictions }).catch((cause: Error) => {
    throw new RegistryError(503, 'no_worker', `version ${change.version} was not tried: ${cause.message}`)
  })
  if (!reply.ok)
    throw new RegistryError(
      422,
      'self_test',
      `version ${change.version} does not answer as it did when it was promoted: ${reply.reason}`,
    )
}

export type Choice = {
  userId: string | null
  reason: string
  /** By a person, who may prefer an older version. */
  chosen?: boolean
  /** What the version before becomes. */
  before?: 'staging' | 'testing'
}

/**
 * Within a transaction that holds the endpoint's row lock. The old version leaves first, because the database refuses two
 * production versions at any moment. A version whose check ended late never takes the place of a newer one, unless
 * a person chose it.
 */
export async function makeProduction(
  tx: Transaction,
  row: { id: string; endpointId: string; version: string; status: VersionStatus },
  { userId, reason, chosen = false, before = 'staging' }: Choice,
): Promise<void> {
  const by = { endpointId: row.endpointId, userId }
  const [current] = await tx
    .select({ id: modelVersions.id, version: modelVersions.version, status: modelVersions.status })
    .from(modelVersions)
    .where(
      and(
        eq(modelVersions.endpointId, row.endpointId),
        eq(modelVersions.status, 'production'),
        ne(modelVersions.id, row.id),
      ),
    )
  const late = current && !chosen && compareVersions(current.version, row.version) > 0
  if (late) return changeStatus(tx, by, row, 'staging', `${current.version} is newer`)
  if (current) await changeStatus(tx, by, current, before, `replaced by ${row.version}`)
  await changeStatus(tx, by, row, 'production', reason)
}

/** Within a transaction that holds the endpoint's row lock. */
export async function changeStatus(
  tx: Transaction,
  by: { endpointId: string; userId: string | null },
  { id, status: from }: { id: string; status: VersionStatus },
  to: VersionStatus,
  reason: string,
) {
  if (from === to) return
  await tx.update(modelVersions).set({ status: to }).where(eq(modelVersions.id, id))
  await tx.insert(statusChanges).values({ ...by, versionId: id, from, to, reason })
  // From here on it answers requests itself.
  if (answering.has(to)) await endShadow(tx, id, by.userId)
}
