import { eraseNotebook, restoreNotebook } from '../../../../lib/notebooks/trash'
import { route } from '../../../../lib/route'
import { ofNotebook } from '../../../../lib/route-targets'

/** Out of the trash. */
export const POST = route({ action: 'notebook.restore', target: ofNotebook }, ({ params }) =>
  restoreNotebook(params.id!),
)

/** Gone for good. */
export const DELETE = route({ action: 'notebook.erase', target: ofNotebook }, ({ params }) =>
  eraseNotebook(params.id!),
)
