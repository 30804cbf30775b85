import { and, eq, inArray } from 'drizzle-orm'
import { datasetReads, datasets, datasetVersions } from '../../drizzle/schema/datasets'
import type { Queryable } from '../db'
import type { ReadData } from '../protocol/read-data'

/** Records which versions of data sets a model's version was made of; of others than its workspace's it knows nothing. */
export async function readByModel(
  db: Queryable,
  {
    workspaceId,
    modelVersionId,
    files,
  }: { workspaceId: string; modelVersionId: string; files: readonly ReadData[] },
): Promise<void> {
  const named = [...new Set(files.flatMap(({ dataset }) => (dataset ? [dataset.versionId] : [])))]
  if (named.length === 0) return
  const own = await db
    .select({ datasetVersionId: datasetVersions.id })
    .from(datasetVersions)
    .innerJoin(datasets, eq(datasets.id, datasetVersions.datasetId))
    .where(and(eq(datasets.workspaceId, workspaceId), inArray(datasetVersions.id, named)))
  if (own.length > 0) await db.insert(datasetReads).values(own.map((each) => ({ ...each, modelVersionId })))
}
