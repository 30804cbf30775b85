import { z } from 'zod'
import { secretName, secretScope, secretValue } from '../../../../../../lib/protocol/secrets'
import { Refused } from '../../../../../../lib/refused'
import { route } from '../../../../../../lib/route'
import { ofNotebook } from '../../../../../../lib/route-targets'
import { deleteSecret, putSecret } from '../../../../../../lib/secrets/store'

const nameOf = (params: Record<string, string>) => {
  const { success, data, error } = secretName.safeParse(params.name)
  if (success) return data
  throw new Refused(400, 'bad_name', `not a secret's name: ${error.issues[0]?.message}`)
}

export const PUT = route(
  {
    action: 'secret.write',
    target: ofNotebook,
    body: z.object({ value: secretValue, scope: secretScope }),
  },
  async ({ entry, params, user, body: { value, scope } }) => {
    const of = { workspaceId: entry.workspaceId, notebookId: params.id!, scope, name: nameOf(params) }
    await putSecret(of, value, user.id)
  },
)

export const DELETE = route(
  { action: 'secret.delete', target: ofNotebook },
  async ({ entry, params, query }) => {
    const scope = secretScope.catch('notebook').parse(query.scope)
    await deleteSecret({
      workspaceId: entry.workspaceId,
      notebookId: params.id!,
      scope,
      name: nameOf(params),
    })
  },
)
