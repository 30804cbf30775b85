import { and, desc, eq, isNotNull, lt, notExists, sql } from 'drizzle-orm'
import { modelVersions } from '../../drizzle/schema'
import { datasetReads, datasets, datasetVersions } from '../../drizzle/schema/datasets'
import type { Queryable } from '../db'
import { trashDays } from '../notebooks/trash'
import { Refused } from '../refused'

export type TrashedDataset = { id: string; name: string; trashedAt: Date }

/** Puts a data set into the trash, where its name is free for another. What has read its versions keeps reading them. */
export async function trashDataset(id: string, db: Queryable) {
  await db.update(datasets).set({ trashedAt: sql`now()` }).where(eq(datasets.id, id))
}

/** Takes it out of the trash. Refuses where another has its name by now (409). */
export async function restoreDataset(id: string, db: Queryable) {
  await db.transaction(async (tx) => {
    const [row] = await tx.select().from(datasets).where(eq(datasets.id, id)).for('update')
    if (!row?.trashedAt) throw new Refused(404, 'not_found', 'there is no such data set in the trash')
    const [taken] = await tx
      .select({ id: datasets.id })
      .from(datasets)
      .where(
        and(
          eq(datasets.workspaceId, row.workspaceId),
          eq(datasets.name, row.name),
          sql`${datasets.trashedAt} is null`,
        ),
      )
    if (taken) {
      throw new Refused(
        409,
        'name_taken',
        `another data set has its name by now; rename or delete that one first: ${row.name}`,
      )
    }
    await tx.update(datasets).set({ trashedAt: null }).where(eq(datasets.id, id))
  })
}

/** A workspace's trash, what was put there last first. */
export const listDatasetTrash = (workspaceId: string, db: Queryable): Promise<TrashedDataset[]> =>
  db
    .select({
      id: datasets.id,
      name: datasets.name,
      trashedAt: sql<Date>`${datasets.trashedAt}`.mapWith(datasets.trashedAt),
    })
    .from(datasets)
    .where(and(eq(datasets.workspaceId, workspaceId), isNotNull(datasets.trashedAt)))
    .orderBy(desc(datasets.trashedAt))

/** Whether a version of the data set was read by a version of a model that is there still. */
const madeModels = (db: Queryable) =>
  db
    .select({ one: sql`1` })
    .from(datasetReads)
    .innerJoin(datasetVersions, eq(datasetVersions.id, datasetReads.datasetVersionId))
    .innerJoin(modelVersions, eq(modelVersions.id, datasetReads.modelVersionId))
    .where(and(eq(datasetVersions.datasetId, datasets.id), sql`${modelVersions.state} <> 'deleted'`))

/** Deletes a data set in the trash for good. Refuses while models are there that were made from it (409). */
export async function eraseDataset(id: string, db: Queryable) {
  const gone = await db
    .delete(datasets)
    .where(and(eq(datasets.id, id), isNotNull(datasets.trashedAt), notExists(madeModels(db))))
    .returning({ id: datasets.id })
  if (gone.length > 0) return
  const [row] = await db
    .select({ id: datasets.id })
    .from(datasets)
    .where(and(eq(datasets.id, id), isNotNull(datasets.trashedAt)))
  if (!row) throw new Refused(404, 'not_found', 'there is no such data set in the trash')
  throw new Refused(
    409,
    'in_use',
    'versions of models were made from it: it stays in the trash until they are deleted',
  )
}

/** Deletes for good what the trash has kept long enough and no model was made from. Resolves to how many. */
export async function sweepDatasetTrash(db: Queryable): Promise<number> {
  const gone = await db
    .delete(datasets)
    .where(
      and(
        lt(datasets.trashedAt, sql`now() - make_interval(days => ${trashDays})`),
        notExists(madeModels(db)),
      ),
    )
    .returning({ id: datasets.id })
  return gone.length
}
