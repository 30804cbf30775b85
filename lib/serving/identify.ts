import { type Database, database } from '../db'
import { enter } from '../door'
import type { ApiAction } from '../permissions'
import { Refused } from '../refused'
import { currentUser } from '../session'
import { verifyToken } from '../tokens/verify'
import { personalWorkspace } from '../workspaces/personal'
import type { Caller, Credentials, Identify } from './options'
import { Refusal, unauthorized } from './refusal'

/** The gateway's way through the door, for API keys and for the sessions of its own pages. */
export const createIdentify =
  (db: Database = database()): Identify =>
  async (credentials, action) => {
    try {
      return await (credentials.kind === 'token'
        ? byToken(credentials.token, action, db)
        : bySession(credentials, action, db))
    } catch (error) {
      if (error instanceof Refused) throw new Refusal(error.status, error.code, error.message)
      throw error
    }
  }

async function byToken(token: string, action: ApiAction, db: Database): Promise<Caller> {
  const known = await verifyToken(token, db)
  if (!known) throw unauthorized()
  const { workspaceId } = await enter(
    { kind: 'token', ...known },
    action,
    { workspaceId: known.workspaceId },
    db,
  )
  return { workspaceId, author: known.createdBy, tokenId: known.tokenId, rate: known.rate }
}

async function bySession(
  { cookie, workspaceId }: Extract<Credentials, { kind: 'session' }>,
  action: ApiAction,
  db: Database,
): Promise<Caller> {
  const user = await currentUser(cookie, db)
  if (!user) throw unauthorized()
  const target = workspaceId ?? (await personalWorkspace(user.id, db)).id
  const entry = await enter({ kind: 'user', id: user.id }, action, { workspaceId: target }, db)
  return { workspaceId: entry.workspaceId, author: user.id, userId: user.id }
}
