import { and, eq } from 'drizzle-orm'
import { endpoints, modelVersions } from '../../drizzle/schema'
import { datasetReads } from '../../drizzle/schema/datasets'
import { trainings } from '../../drizzle/schema/trainings'
import type { Promoted } from '../protocol/kernel'
import type { AlgorithmName } from '../protocol/training'
import type { VersionStatus } from '../protocol/version-status'
import { Refused } from '../refused'
import { publishVersion } from '../registry/publish'
import type { Registry } from '../registry/registry'
import { versionNamed } from '../registry/version-named'
import { isUuid } from '../uuid'
import { algorithms } from './algorithms'

export type TrainedVersion = {
  workspaceId: string
  userId: string
  training: string
  endpoint: string
  /** What it is once its self-test has passed. */
  status: VersionStatus
}

/** Makes a version of an endpoint of what a training came to, the way every version is made. The caller has passed the door. */
export async function publishTraining(
  registry: Registry,
  { workspaceId, userId, training: id, endpoint, status }: TrainedVersion,
): Promise<Promoted> {
  const { db } = registry
  const [training] = isUuid(id)
    ? await db
        .select()
        .from(trainings)
        .where(and(eq(trainings.id, id), eq(trainings.workspaceId, workspaceId)))
    : []
  if (!training) throw new Refused(404, 'not_found', `there is no such training: ${id}`)
  const { candidate, artifact, artifactBytes } = training
  if (!candidate || artifact === null)
    throw new Refused(409, 'not_done', `the training has no model to publish, it is ${training.state}`)
  const { schema, selfTest, reference, environment } = candidate
  const algorithm = training.algorithm as AlgorithmName
  const { datasetName: name, datasetNumber: version, datasetHash: hash } = training
  const promoted = await publishVersion(registry, {
    workspaceId,
    userId,
    endpoint,
    artifact: { name: artifact, bytes: artifactBytes ?? 0 },
    schema,
    selfTest,
    reference,
    environment,
    source: { kind: 'training', trainingId: id, algorithm, dataset: { name, version, hash } },
    status,
    reason: `trained: ${algorithms[algorithm].label} of ${name}, version ${version}`,
  })
  const { datasetVersionId } = training
  if (datasetVersionId !== null) {
    const [made] = await db
      .select({ id: modelVersions.id })
      .from(modelVersions)
      .innerJoin(endpoints, eq(endpoints.id, modelVersions.endpointId))
      .where(versionNamed(workspaceId, endpoint, promoted.version))
    if (made)
      await db.insert(datasetReads).values({ datasetVersionId, modelVersionId: made.id, trainingId: id })
  }
  return promoted
}
