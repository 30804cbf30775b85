import { files } from '../../../../../lib/files/channel'
import { fileOf } from '../../../../../lib/files/of'
import { fileChange } from '../../../../../lib/protocol/files'
import { route } from '../../../../../lib/route'
import { ofNotebook } from '../../../../../lib/route-targets'

export const GET = route({ action: 'files.read', target: ofNotebook }, async ({ params, query }) =>
  files().list(params.id!, fileOf(query)),
)

export const POST = route(
  { action: 'files.write', target: ofNotebook, body: fileChange },
  async ({ params, body }) => {
    await files().change(params.id!, body)
  },
)
