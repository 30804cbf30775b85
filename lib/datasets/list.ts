import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { datasets, datasetVersions } from '../../drizzle/schema/datasets'
import type { Queryable } from '../db'

/** The data sets of a workspace, by name, each with its newest version. */
export const listDatasets = (db: Queryable, workspaceId: string) =>
  db
    .select({
      id: datasets.id,
      name: datasets.name,
      description: datasets.description,
      version: datasetVersions.number,
      hash: datasetVersions.hash,
      rows: datasetVersions.rows,
      columns: sql<number>`json_array_length(${datasetVersions.columns})`,
      bytes: datasetVersions.bytes,
      origin: datasetVersions.origin,
      updatedAt: datasets.updatedAt,
    })
    .from(datasets)
    .innerJoin(
      datasetVersions,
      and(eq(datasetVersions.datasetId, datasets.id), eq(datasetVersions.number, datasets.head)),
    )
    .where(and(eq(datasets.workspaceId, workspaceId), isNull(datasets.trashedAt)))
    .orderBy(asc(datasets.name))
export type DatasetSummary = Awaited<ReturnType<typeof listDatasets>>[number]
