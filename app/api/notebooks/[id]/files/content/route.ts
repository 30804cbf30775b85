import { imageType } from '../../../../../../lib/files/image-type'
import { fileOf } from '../../../../../../lib/files/of'
import { openFile, storeFile } from '../../../../../../lib/files/stream'
import { attachment, route } from '../../../../../../lib/route'
import { ofNotebook } from '../../../../../../lib/route-targets'

export const GET = route({ action: 'files.read', target: ofNotebook }, async ({ params, query }) => {
  const path = fileOf(query)
  const { size, stream } = await openFile(params.id!, path)
  const name = path.split('/').at(-1)!
  const response = attachment(name, imageType(name) ?? 'application/octet-stream', stream)
  response.headers.set('content-length', String(size))
  response.headers.set('x-content-type-options', 'nosniff')
  // A picture may be a page: shown in an <img> it runs nothing, opened by itself neither.
  response.headers.set('content-security-policy', "default-src 'none'; sandbox")
  return response
})

export const PUT = route(
  { action: 'files.write', target: ofNotebook },
  async ({ params, query, request }) => {
    await storeFile(params.id!, fileOf(query), request.body)
  },
)
