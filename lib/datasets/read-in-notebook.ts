import { sql } from 'drizzle-orm'
import { datasetReads } from '../../drizzle/schema/datasets'
import type { Queryable } from '../db'
import type { ReadVersion } from '../protocol/dataset-read'
import { requireDataset, requireVersion } from './find'

/**
 * The version that a cell reads, which is recorded: once for each cell and version, with the time of the last reading.
 * Refuses (404) where there is none. The caller has passed the door of the notebook.
 */
export async function readInNotebook(
  db: Queryable,
  {
    workspaceId,
    notebookId,
    cellId,
    name,
    version: number,
  }: { workspaceId: string; notebookId: string; cellId: string; name: string; version?: number },
): Promise<ReadVersion> {
  const dataset = await requireDataset(db, workspaceId, name)
  const { id, hash, columns, rows, ...version } = await requireVersion(db, dataset, number)
  const again = await db
    .update(datasetReads)
    .set({ createdAt: sql`now()` })
    .where(
      sql`${datasetReads.datasetVersionId} = ${id} and ${datasetReads.notebookId} = ${notebookId}
        and ${datasetReads.cellId} = ${cellId}`,
    )
    .returning({ id: datasetReads.id })
  if (again.length === 0) await db.insert(datasetReads).values({ datasetVersionId: id, notebookId, cellId })
  return { versionId: id, name: dataset.name, version: version.number, hash, columns, rows }
}
