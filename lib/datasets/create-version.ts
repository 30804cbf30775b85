import { eq, sql } from 'drizzle-orm'
import { datasets, datasetVersions } from '../../drizzle/schema/datasets'
import type { Queryable } from '../db'
import type { DatasetColumn, VersionOrigin } from '../protocol/dataset'
import { Refused } from '../refused'
import { versionHash } from './hash'

/** What becomes a version. Its files are in the artifact store already. */
export type NewVersion = {
  base: string
  changes?: string | null
  columns: DatasetColumn[]
  rows: number
  nextRow?: number | null
  bytes: number
  origin: VersionOrigin
  message?: string
  rowsAdded: number
  rowsChanged: number
  rowsDeleted: number
  /** The person; null for Cellar itself. */
  createdBy: string | null
}

export type CreatedVersion = { id: string; number: number; hash: string }

/** A data set with its first version, in one transaction. Refuses a name that is taken (409). */
export async function createDataset(
  {
    workspaceId,
    name,
    description = '',
    version,
  }: { workspaceId: string; name: string; description?: string; version: NewVersion },
  db: Queryable,
): Promise<{ id: string; name: string; version: CreatedVersion }> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .insert(datasets)
      .values({ workspaceId, name, description, head: 1, createdBy: version.createdBy })
      .onConflictDoNothing()
      .returning({ id: datasets.id })
    if (!row) {
      const problem = 'there is a data set of this name; choose another, or add a version to it'
      throw new Refused(409, 'name_taken', `${problem}: ${name}`, { name: problem })
    }
    return { id: row.id, name, version: await insertVersion(row.id, 1, null, version, tx) }
  })
}

/**
 * The next version of a data set. `parent`: the number of the version that it was made from; where another one has
 * become the newest meanwhile, it is refused (409), so that nobody's work is overwritten silently. Null: the newest,
 * whichever that is, since nothing of it was built upon.
 */
export async function createVersion(
  datasetId: string,
  parent: number | null,
  version: NewVersion,
  db: Queryable,
): Promise<CreatedVersion> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .select({ head: datasets.head, trashedAt: datasets.trashedAt })
      .from(datasets)
      .where(eq(datasets.id, datasetId))
      .for('update')
    if (!row || row.trashedAt) throw new Refused(404, 'not_found', 'there is no such data set any more')
    const { head } = row
    if (parent !== null && head !== parent) {
      throw new Refused(
        409,
        'newer_version',
        `a newer version was made meanwhile, look at it first: version ${head}`,
      )
    }
    await tx
      .update(datasets)
      .set({ head: head + 1, updatedAt: sql`now()` })
      .where(eq(datasets.id, datasetId))
    return insertVersion(datasetId, head + 1, head, version, tx)
  })
}

async function insertVersion(
  datasetId: string,
  number: number,
  parent: number | null,
  version: NewVersion,
  db: Queryable,
): Promise<CreatedVersion> {
  const changes = version.changes ?? null
  const hash = versionHash({ ...version, changes })
  const [row] = await db
    .insert(datasetVersions)
    .values({ ...version, changes, datasetId, number, parent, hash })
    .returning({ id: datasetVersions.id })
  return { id: row!.id, number, hash }
}
