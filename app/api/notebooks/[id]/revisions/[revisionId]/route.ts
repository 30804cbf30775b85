import { z } from 'zod'
import { revisionName } from '../../../../../../lib/protocol/client'
import { Refused } from '../../../../../../lib/refused'
import { findRevision } from '../../../../../../lib/revisions/list'
import { nameRevision } from '../../../../../../lib/revisions/save'
import { route } from '../../../../../../lib/route'
import { ofNotebook } from '../../../../../../lib/route-targets'
import { publish } from '../../../../../../lib/signals'

export const GET = route({ action: 'notebook.read', target: ofNotebook }, ({ params }) =>
  findRevision(params.id!, params.revisionId!),
)

export const PATCH = route(
  { action: 'notebook.write', target: ofNotebook, body: z.object({ name: revisionName.nullable() }) },
  async ({ params, body: { name } }) => {
    const { id } = await findRevision(params.id!, params.revisionId!)
    if (!(await nameRevision(params.id!, id, name)))
      throw new Refused(404, 'not_found', 'the revision was thinned out of the history')
    publish({ type: 'notebook_revised', notebookId: params.id! })
    return { id, name }
  },
)
