import { eq, sql } from 'drizzle-orm'
import { endpoints, modelVersions, notebooks } from '../../drizzle/schema'
import { datasetReads, datasetVersions } from '../../drizzle/schema/datasets'
import { trainings } from '../../drizzle/schema/trainings'
import type { Queryable } from '../db'
import { trainingTitle } from '../training/title'

/** What has read a version of a data set. */
export type Reader = {
  /** Of the version. */
  number: number
  kind: 'notebook' | 'model' | 'training'
  name: string
  /** Its page. */
  href: string
}

/** What has read which version of a data set: notebooks, trainings, and versions of models; each once for a version. */
export async function listReaders(db: Queryable, datasetId: string): Promise<Reader[]> {
  const [inNotebooks, byModels, byTrainings] = await Promise.all([
    db
      .selectDistinct({ number: datasetVersions.number, id: notebooks.id, name: notebooks.title })
      .from(datasetReads)
      .innerJoin(datasetVersions, eq(datasetVersions.id, datasetReads.datasetVersionId))
      .innerJoin(notebooks, eq(notebooks.id, datasetReads.notebookId))
      .where(sql`${datasetVersions.datasetId} = ${datasetId} and ${notebooks.trashedAt} is null`),
    db
      .selectDistinct({
        number: datasetVersions.number,
        endpoint: endpoints.name,
        version: modelVersions.version,
      })
      .from(datasetReads)
      .innerJoin(datasetVersions, eq(datasetVersions.id, datasetReads.datasetVersionId))
      .innerJoin(modelVersions, eq(modelVersions.id, datasetReads.modelVersionId))
      .innerJoin(endpoints, eq(endpoints.id, modelVersions.endpointId))
      .where(sql`${datasetVersions.datasetId} = ${datasetId} and ${modelVersions.state} <> 'deleted'`),
    db
      .select({
        number: datasetVersions.number,
        id: trainings.id,
        algorithm: trainings.algorithm,
        target: trainings.target,
      })
      .from(trainings)
      .innerJoin(datasetVersions, eq(datasetVersions.id, trainings.datasetVersionId))
      .where(eq(datasetVersions.datasetId, datasetId)),
  ])
  return [
    ...inNotebooks.map(({ number, id, name }) => ({
      number,
      kind: 'notebook' as const,
      name,
      href: `/n/${id}`,
    })),
    ...byModels.map(({ number, endpoint, version }) => ({
      number,
      kind: 'model' as const,
      name: `${endpoint} ${version}`,
      href: `/endpoints/${endpoint}/versions/${version}`,
    })),
    ...byTrainings.map(({ number, id, algorithm, target }) => ({
      number,
      kind: 'training' as const,
      name: trainingTitle({ algorithm, target }),
      href: `/trainings/${id}`,
    })),
  ]
}
