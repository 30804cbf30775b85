import { and, desc, eq, isNull } from 'drizzle-orm'
import { users } from '../../drizzle/schema'
import { datasets, datasetVersions } from '../../drizzle/schema/datasets'
import type { Queryable } from '../db'
import { Refused } from '../refused'
import { isUuid } from '../uuid'

export type Dataset = typeof datasets.$inferSelect
export type DatasetVersion = typeof datasetVersions.$inferSelect

/** A data set of a workspace by its name; undefined where there is none, or it is in the trash. */
export async function findDataset(
  db: Queryable,
  workspaceId: string,
  name: string,
): Promise<Dataset | undefined> {
  const [row] = await db
    .select()
    .from(datasets)
    .where(and(eq(datasets.workspaceId, workspaceId), eq(datasets.name, name), isNull(datasets.trashedAt)))
  return row
}

/** The same, where there must be one. Refuses (404). */
export async function requireDataset(db: Queryable, workspaceId: string, name: string): Promise<Dataset> {
  const found = await findDataset(db, workspaceId, name)
  if (!found) throw new Refused(404, 'not_found', `there is no data set of this name: ${name}`)
  return found
}

/** A version of a data set by its number, the newest without one. Refuses (404). */
export async function requireVersion(
  db: Queryable,
  { id, name, head }: Pick<Dataset, 'id' | 'name' | 'head'>,
  number = head,
): Promise<DatasetVersion> {
  const [row] = await db
    .select()
    .from(datasetVersions)
    .where(and(eq(datasetVersions.datasetId, id), eq(datasetVersions.number, number)))
  if (!row) throw new Refused(404, 'not_found', `${name} has the versions 1 to ${head}, not ${number}`)
  return row
}

/** A version by its id. Refuses (404). */
export async function versionById(db: Queryable, versionId: string): Promise<DatasetVersion> {
  const [row] = isUuid(versionId)
    ? await db.select().from(datasetVersions).where(eq(datasetVersions.id, versionId))
    : []
  if (!row) throw new Refused(404, 'not_found', `there is no such version of a data set: ${versionId}`)
  return row
}

/** The versions of a data set, the newest first, with who made them. */
export const listVersions = (db: Queryable, datasetId: string) =>
  db
    .select({
      id: datasetVersions.id,
      number: datasetVersions.number,
      parent: datasetVersions.parent,
      hash: datasetVersions.hash,
      rows: datasetVersions.rows,
      bytes: datasetVersions.bytes,
      origin: datasetVersions.origin,
      message: datasetVersions.message,
      rowsAdded: datasetVersions.rowsAdded,
      rowsChanged: datasetVersions.rowsChanged,
      rowsDeleted: datasetVersions.rowsDeleted,
      createdBy: users.name,
      createdAt: datasetVersions.createdAt,
    })
    .from(datasetVersions)
    .leftJoin(users, eq(users.id, datasetVersions.createdBy))
    .where(eq(datasetVersions.datasetId, datasetId))
    .orderBy(desc(datasetVersions.number))
export type DatasetVersionSummary = Awaited<ReturnType<typeof listVersions>>[number]
