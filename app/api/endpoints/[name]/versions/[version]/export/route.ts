import { exportFormats } from '../../../../../../../lib/protocol/study'
import { Refused } from '../../../../../../../lib/refused'
import { exportVersion } from '../../../../../../../lib/registry/exports/export-version'
import { processRegistry } from '../../../../../../../lib/registry/registry'
import { processStudies } from '../../../../../../../lib/registry/study'
import { processImporter } from '../../../../../../../lib/registry/uploads/importer'
import { attachment, route } from '../../../../../../../lib/route'

/** The version as a file, by `?format=`. */
export const GET = route({ action: 'endpoint.read' }, async ({ entry, params, query }) => {
  const format = exportFormats.find((each) => each === query.format)
  if (!format)
    throw new Refused(
      400,
      'bad_format',
      `format: expected one of ${exportFormats.join(', ')}, got ${query.format ?? 'none'}`,
    )
  const place = {
    registry: processRegistry(),
    studies: processStudies(),
    uploads: processImporter().uploads,
  }
  const { name, type, data } = await exportVersion(place, {
    workspaceId: entry.workspaceId,
    endpoint: params.name!,
    version: params.version!,
    format,
  })
  return attachment(name, type, typeof data === 'string' ? data : new Blob([data as BlobPart]).stream())
})
