import { desc, eq } from 'drizzle-orm'
import { endpoints, modelVersions, users } from '../../../drizzle/schema'
import { reproductions } from '../../../drizzle/schema/reproductions'
import type { Database } from '../../db'
import type { ReproductionState } from '../../protocol/reproduction'
import { versionNamed } from '../version-named'

/** One time that a version's cells ran again. */
export type Reproduction = {
  id: string
  state: ReproductionState
  note: string
  cellsDone: number
  cells: number
  records: number | null
  differing: number | null
  maxDifference: number | null
  changed: string[]
  trace: string | null
  by: string | null
  startedAt: Date
  endedAt: Date | null
}

const shown = 10

/** Newest first, at most ten. */
export const listReproductions = (
  db: Database,
  workspaceId: string,
  endpoint: string,
  version: string,
): Promise<Reproduction[]> =>
  db
    .select({
      id: reproductions.id,
      state: reproductions.state,
      note: reproductions.note,
      cellsDone: reproductions.cellsDone,
      cells: reproductions.cells,
      records: reproductions.records,
      differing: reproductions.differing,
      maxDifference: reproductions.maxDifference,
      changed: reproductions.changed,
      trace: reproductions.trace,
      by: users.name,
      startedAt: reproductions.startedAt,
      endedAt: reproductions.endedAt,
    })
    .from(reproductions)
    .innerJoin(modelVersions, eq(modelVersions.id, reproductions.versionId))
    .innerJoin(endpoints, eq(endpoints.id, modelVersions.endpointId))
    .leftJoin(users, eq(users.id, reproductions.startedBy))
    .where(versionNamed(workspaceId, endpoint, version))
    .orderBy(desc(reproductions.startedAt), desc(reproductions.id))
    .limit(shown)
