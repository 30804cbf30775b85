import { Refused } from '../../../../../../../../lib/refused'
import { named } from '../../../../../../../../lib/registry/exports/export-version'
import { exportedFile } from '../../../../../../../../lib/registry/exports/list'
import { processRegistry } from '../../../../../../../../lib/registry/registry'
import { processImporter } from '../../../../../../../../lib/registry/uploads/importer'
import { attachment, route } from '../../../../../../../../lib/route'
import { isUuid } from '../../../../../../../../lib/uuid'

/** The file that Python wrote. */
export const GET = route({ action: 'endpoint.read' }, async ({ entry, params }) => {
  const { name: endpoint, version, id } = params as { name: string; version: string; id: string }
  const asked = { workspaceId: entry.workspaceId, endpoint, version, id }
  const found = isUuid(id)
    ? await exportedFile(processRegistry().db, processImporter().uploads, asked)
    : undefined
  if (!found)
    throw new Refused(404, 'not_found', `the file is not here any more; have it written again: ${id}`)
  const { name, type } = named(`${endpoint}-${version}`, found.format)
  return attachment(name, type, new Blob([found.data as BlobPart]).stream())
})
