import type { Promoted } from '../../protocol/kernel'
import { maxSelfTestRecords } from '../../protocol/promotion-body'
import type { VersionStatus } from '../../protocol/version-status'
import { Refused } from '../../refused'
import { publishVersion } from '../publish'
import type { Registry } from '../registry'
import type { Importer } from './importer'
import { findUpload, importUpload, type Place, type Wishes } from './uploads'

export type UploadedVersion = Place &
  Wishes & {
    endpoint: string
    upload: string
    /** What it is once its self-test has passed. */
    status: VersionStatus
  }

/**
 * Makes a version of the endpoint of uploaded files, the way every version is made: stored, tried in a fresh model child,
 * then given its status. Refuses 422 where the model does not answer its own example: a version needs one that works.
 */
export async function publishUpload(
  registry: Registry,
  importer: Importer,
  { workspaceId, userId, endpoint, upload: id, status, ...wishes }: UploadedVersion,
): Promise<Promoted> {
  const upload = await findUpload(registry.db, workspaceId, id)
  const { report, artifact } = await importUpload(importer, upload, wishes)
  const { format, schema, records, predictions, problem, environment } = report
  if (!predictions)
    throw new Refused(422, 'no_example', `give an example that the model can answer: ${problem}`, {
      records: problem ?? 'the model refuses it',
    })
  const files = upload.files.map(({ name, bytes }) => ({ name, bytes }))
  return publishVersion(registry, {
    workspaceId,
    userId,
    endpoint,
    artifact,
    schema,
    selfTest: {
      records: records.slice(0, maxSelfTestRecords),
      predictions: predictions.slice(0, maxSelfTestRecords),
    },
    environment,
    source: { kind: 'upload', format, files },
    status,
    reason: `uploaded: ${files.map(({ name }) => name).join(', ')}`.slice(0, 500),
  })
}
