import { readConfig } from '../../../../lib/config'
import { dataFolder } from '../../../../lib/datasets/data-folder'
import { tusServer } from '../../../../lib/datasets/tus'
import { deleteUpload, requireUpload } from '../../../../lib/datasets/uploads'
import { database } from '../../../../lib/db'
import { route } from '../../../../lib/route'

/** How much of an upload has come, and more of it, by the tus protocol. */
const continued = route({ action: 'dataset.create' }, async ({ entry, params, request }) => {
  await requireUpload(database(), params.id!, entry.workspaceId)
  return tusServer().handleWeb(request)
})

export { continued as HEAD, continued as PATCH }

/** What the upload is called, and how large it is. */
export const GET = route({ action: 'dataset.create' }, async ({ entry, params }) => {
  const { id, name, bytes, savedVersionId } = await requireUpload(database(), params.id!, entry.workspaceId)
  return { id, name, bytes, saved: savedVersionId !== null }
})

/** Gives an upload up. */
export const DELETE = route({ action: 'dataset.create' }, async ({ entry, params }) => {
  const { id } = await requireUpload(database(), params.id!, entry.workspaceId)
  await deleteUpload(database(), dataFolder(readConfig().home).uploads, id)
  // As the tus protocol has it.
  return new Response(null, { status: 204, headers: { 'tus-resumable': '1.0.0' } })
})
