import { and, eq, inArray } from 'drizzle-orm'
import { endpoints, modelVersions } from '../../drizzle/schema'
import { runArtifacts, runs } from '../../drizzle/schema/experiments'
import type { ArtifactStore } from '../artifacts'
import type { Database } from '../db'
import type { RunRow } from '../protocol/runs'
import { Refused } from '../refused'
import { isUuid } from '../uuid'
import { removeUnnamed } from './artifacts'
import { runsById } from './list'

export type RunPage = {
  run: RunRow
  revisionId: string | null
  environment: Record<string, string>
  artifacts: { name: string; type: string; bytes: number; createdAt: Date }[]
  /** Versions that were promoted from it. */
  versions: { endpoint: string; version: string }[]
}

/** All about one run of a workspace. Refuses where there is none. */
export async function readRun(db: Database, workspaceId: string, id: string): Promise<RunPage> {
  const [run] = isUuid(id) ? await runsById(db, workspaceId, [id]) : []
  if (!run) throw noSuchRun(id)
  const [[more], artifacts, versions] = await Promise.all([
    db
      .select({ revisionId: runs.revisionId, environment: runs.environment })
      .from(runs)
      .where(eq(runs.id, id)),
    db
      .select({
        name: runArtifacts.name,
        type: runArtifacts.type,
        bytes: runArtifacts.bytes,
        createdAt: runArtifacts.createdAt,
      })
      .from(runArtifacts)
      .where(eq(runArtifacts.runId, id))
      .orderBy(runArtifacts.name),
    db
      .select({ endpoint: endpoints.name, version: modelVersions.version })
      .from(modelVersions)
      .innerJoin(endpoints, eq(endpoints.id, modelVersions.endpointId))
      .where(and(eq(modelVersions.runId, id), eq(endpoints.workspaceId, workspaceId))),
  ])
  return {
    run,
    revisionId: more?.revisionId ?? null,
    environment: more?.environment ?? {},
    artifacts,
    versions,
  }
}

export type RunChange = { name?: string | null; tags?: string[] }

/** Renames a run, or gives it other tags. Refuses where there is none. */
export async function changeRun(db: Database, workspaceId: string, id: string, change: RunChange) {
  const where = and(eq(runs.workspaceId, workspaceId), eq(runs.id, id))
  const changed = isUuid(id) ? await db.update(runs).set(change).where(where).returning({ id: runs.id }) : []
  if (changed.length === 0) throw noSuchRun(id)
}

/** Deletes runs of a workspace with all that belongs to them; says how many there were. Versions stay. */
export async function deleteRuns(
  db: Database,
  store: Pick<ArtifactStore, 'remove'>,
  workspaceId: string,
  ids: string[],
): Promise<number> {
  const wanted = ids.filter(isUuid)
  if (wanted.length === 0) return 0
  const where = and(eq(runs.workspaceId, workspaceId), inArray(runs.id, wanted))
  const { gone, files } = await db.transaction(async (tx) => {
    const files = await tx
      .select({ artifact: runArtifacts.artifact })
      .from(runArtifacts)
      .innerJoin(runs, eq(runs.id, runArtifacts.runId))
      .where(where)
    return { files, gone: await tx.delete(runs).where(where).returning({ id: runs.id }) }
  })
  await removeUnnamed(
    db,
    store,
    files.map(({ artifact }) => artifact),
  )
  return gone.length
}

const noSuchRun = (id: string) => new Refused(404, 'not_found', `there is no such run: ${id}`)
