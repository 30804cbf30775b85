import { duplicateNotebook } from '../../../../../lib/notebooks/files'
import { created, route } from '../../../../../lib/route'
import { ofNotebook } from '../../../../../lib/route-targets'

export const POST = route({ action: 'notebook.duplicate', target: ofNotebook }, async ({ params, user }) =>
  created(await duplicateNotebook(params.id!, user.id)),
)
