import { route } from '../../../../../lib/route'
import { ofNotebook } from '../../../../../lib/route-targets'
import { listSecrets } from '../../../../../lib/secrets/store'

export const GET = route({ action: 'secret.list', target: ofNotebook }, async ({ entry, params }) => ({
  secrets: await listSecrets({ workspaceId: entry.workspaceId, notebookId: params.id! }),
}))
