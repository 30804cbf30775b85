import type { Database } from '../../lib/db'
import { type Actor, enter } from '../../lib/door'
import { Refused } from '../../lib/refused'
import type { Identify } from '../../lib/serving/options'
import { Refusal, unauthorized } from '../../lib/serving/refusal'
import { currentUser } from '../../lib/session'
import { verifyToken } from '../../lib/tokens/verify'
import { personalWorkspace } from '../../lib/workspaces/list'

/** The door for the gateway: by API key, or by a page's session. */
export const createIdentify =
  (db: Database): Identify =>
  async (credentials, action) => {
    try {
      if (credentials.kind === 'token') {
        const token = await verifyToken(credentials.token, db)
        if (!token) throw unauthorized()
        const actor: Actor = { kind: 'token', ...token }
        const { workspaceId } = await enter(actor, action, { workspaceId: token.workspaceId }, db)
        return { workspaceId, tokenId: token.tokenId }
      }
      const user = await currentUser(credentials.cookie, db)
      if (!user) throw unauthorized()
      const target = credentials.workspaceId ?? (await personalWorkspace(user.id, db)).id
      const { workspaceId } = await enter({ kind: 'user', id: user.id }, action, { workspaceId: target }, db)
      return { workspaceId, userId: user.id }
    } catch (error) {
      if (error instanceof Refused) throw new Refusal(error.status, error.code, error.message)
      throw error
    }
  }
