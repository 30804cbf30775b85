import { eq, inArray } from 'drizzle-orm'
import { datasets, datasetVersions } from '../../drizzle/schema/datasets'
import type { Queryable } from '../db'
import type { ReadVersion } from '../protocol/dataset-read'

/** Versions by their ids, as kernels read them; those that are gone are missing. */
export async function readVersions(db: Queryable, ids: readonly string[]): Promise<ReadVersion[]> {
  if (ids.length === 0) return []
  return db
    .select({
      versionId: datasetVersions.id,
      name: datasets.name,
      version: datasetVersions.number,
      hash: datasetVersions.hash,
      columns: datasetVersions.columns,
      rows: datasetVersions.rows,
    })
    .from(datasetVersions)
    .innerJoin(datasets, eq(datasets.id, datasetVersions.datasetId))
    .where(inArray(datasetVersions.id, [...ids]))
}
