import { tusServer, uploadName } from '../../../lib/datasets/tus'
import { insertUpload } from '../../../lib/datasets/uploads'
import { database } from '../../../lib/db'
import { Refused } from '../../../lib/refused'
import { route } from '../../../lib/route'

/** Begins an upload by the tus protocol; `Upload-Metadata` has the `filename`. */
export const POST = route({ action: 'dataset.create' }, async ({ entry, user, request }) => {
  const name = uploadName(request.headers.get('upload-metadata'))
  if (name === '' || name.includes('\0'))
    throw new Refused(400, 'no_name', 'say the name of the file in Upload-Metadata: filename')
  const response = await tusServer().handleWeb(request)
  const id = response.headers.get('location')?.split('/').at(-1)
  if (response.status !== 201 || id === undefined) return response
  const bytes = Number(request.headers.get('upload-length') ?? 0)
  await insertUpload(database(), { id, workspaceId: entry.workspaceId, name, bytes, createdBy: user.id })
  return response
})
