import { and, eq } from 'drizzle-orm'
import { users } from '../../drizzle/schema'
import { datasets, datasetVersions } from '../../drizzle/schema/datasets'
import type { Queryable } from '../db'
import { isUuid } from '../uuid'

/** How a data set stands now: what a page that was opened before has to know. */
export type DatasetStanding = {
  name: string
  /** Number of the newest version, and who made it; null for Cellar itself. */
  head: number
  savedBy: string | null
  isTrashed: boolean
}

/** How a data set of a workspace stands, in the trash or not; null where it is gone. */
export async function datasetStanding(
  { workspaceId, id }: { workspaceId: string; id: string },
  db: Queryable,
): Promise<DatasetStanding | null> {
  const [row] = isUuid(id)
    ? await db
        .select({
          name: datasets.name,
          head: datasets.head,
          savedBy: users.name,
          trashedAt: datasets.trashedAt,
        })
        .from(datasets)
        .leftJoin(
          datasetVersions,
          and(eq(datasetVersions.datasetId, datasets.id), eq(datasetVersions.number, datasets.head)),
        )
        .leftJoin(users, eq(users.id, datasetVersions.createdBy))
        .where(and(eq(datasets.id, id), eq(datasets.workspaceId, workspaceId)))
    : []
  if (!row) return null
  const { trashedAt, ...standing } = row
  return { ...standing, isTrashed: trashedAt !== null }
}
