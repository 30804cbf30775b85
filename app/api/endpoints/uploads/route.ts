import { database } from '../../../../lib/db'
import { processImporter } from '../../../../lib/registry/uploads/importer'
import { receiveModelFiles } from '../../../../lib/registry/uploads/model-files'
import { inspectUpload, keepUpload } from '../../../../lib/registry/uploads/uploads'
import { created, route } from '../../../../lib/route'

/** The files of a model: what it takes and gives, and an upload to make a version of. */
export const POST = route({ action: 'endpoint.manage' }, async ({ entry, user, request }) => {
  const importer = processImporter()
  const files = await receiveModelFiles(request, importer.uploads)
  // First what it is: files without a model are not kept.
  const report = await inspectUpload(importer, { id: '', files })
  const place = { workspaceId: entry.workspaceId, userId: user.id }
  const { id } = await keepUpload(database(), place, files)
  return created({ id, report })
})
