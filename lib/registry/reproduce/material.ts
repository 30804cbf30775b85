import { and, eq, isNull } from 'drizzle-orm'
import { endpoints, modelVersions, notebooks, revisionContents, revisions } from '../../../drizzle/schema'
import { readVersions } from '../../datasets/read-versions'
import type { Database } from '../../db'
import { environment, noEnvironment } from '../../notebook/environment'
import { sliceOf } from '../../notebook/slice'
import type { ReproductionOrder } from '../../protocol/reproduction'
import { RegistryError } from '../registry'
import { versionNamed } from '../version-named'
import { obstacleToReproduce } from './obstacle'

export type Material = { versionId: string; order: Omit<ReproductionOrder, 'reproductionId'> }

/**
 * All that a version's cells need to run again, as it was recorded. Rejects with `RegistryError`: there is no such version
 * (404), it cannot be reproduced (409).
 */
export async function materialOf(
  db: Database,
  { workspaceId, endpoint, version }: { workspaceId: string; endpoint: string; version: string },
): Promise<Material> {
  const [row] = await db
    .select({
      versionId: modelVersions.id,
      state: modelVersions.state,
      source: modelVersions.source,
      cellId: modelVersions.cellId,
      variable: modelVersions.variable,
      data: modelVersions.data,
      notebookId: notebooks.id,
      content: revisionContents.content,
    })
    .from(endpoints)
    .innerJoin(modelVersions, eq(modelVersions.endpointId, endpoints.id))
    // A notebook in the trash is there for nobody.
    .leftJoin(notebooks, and(eq(notebooks.id, modelVersions.notebookId), isNull(notebooks.trashedAt)))
    .leftJoin(
      revisions,
      and(eq(revisions.id, modelVersions.revisionId), eq(revisions.notebookId, notebooks.id)),
    )
    .leftJoin(
      revisionContents,
      and(eq(revisionContents.notebookId, revisions.notebookId), eq(revisionContents.hash, revisions.hash)),
    )
    .where(versionNamed(workspaceId, endpoint, version))
  if (!row) throw new RegistryError(404, 'no_version', `no such version: ${endpoint} ${version}`)
  const { versionId, state, source, cellId, variable, data, notebookId, content } = row
  const cells = content && cellId ? sliceOf(content.cells, cellId) : []
  const obstacle = obstacleToReproduce({
    state,
    source,
    notebook: notebookId !== null,
    cells: cells.length,
  })
  if (obstacle !== null)
    throw new RegistryError(409, 'not_reproducible', `${obstacle}: ${endpoint} ${version}`)
  const inSlice = new Set(cells.map(({ id }) => id))
  const read = (data ?? []).filter(({ cellId }) => inSlice.has(cellId))
  return {
    versionId,
    order: {
      notebookId: notebookId!,
      endpoint,
      version,
      cellId: cellId!,
      variable: variable ?? '',
      cells: cells.map(({ id, kind, source, result }) => ({ id, kind, source, ...(result && { result }) })),
      environment: environment.parse({ ...noEnvironment, ...content?.environment }),
      data: read,
      datasets: await readVersions(
        db,
        read.flatMap(({ dataset }) => (dataset ? [dataset.versionId] : [])),
      ),
    },
  }
}
