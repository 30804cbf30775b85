import { and, asc, eq, isNotNull, isNull } from 'drizzle-orm'
import { apiTokens, endpoints, folders, memberships, notebooks, users } from '../drizzle/schema'
import { datasets } from '../drizzle/schema/datasets'
import { database, type Queryable } from './db'
import { type Action, actions, hasRole, type Role } from './permissions'
import type { TokenScope } from './protocol/token-scope'
import { Refused } from './refused'
import { isUuid } from './uuid'

/** Who asks. A machine is a host that signed in with its token. */
export type Actor =
  | { kind: 'anonymous' }
  | { kind: 'user'; id: string }
  | { kind: 'token'; tokenId: string; workspaceId: string; scope: TokenScope }
  | { kind: 'machine'; id: string; name: string }

/** What it is about. Without one, the action is about the installation or the person's own account. */
export type Target = {
  workspaceId?: string
  notebookId?: string
  folderId?: string
  endpointId?: string
  tokenId?: string
  datasetId?: string
}

/** Where the door led: the workspace of the target and the actor's role in it. */
export type Entry = { workspaceId: string; role: Role }

/**
 * The one door: every route, action and socket event asks here before it does anything. Throws `Refused`: 401 for nobody,
 * 404 for what belongs to a workspace that the actor is no member of (its existence is nobody else's business), 403 for
 * a member whose role does not allow it.
 */
export async function enter(
  actor: Actor,
  action: Action,
  target: Target &
    (
      | { workspaceId: string }
      | { notebookId: string }
      | { folderId: string }
      | { endpointId: string }
      | { tokenId: string }
      | { datasetId: string }
    ),
  db: Queryable = database(),
): Promise<Entry> {
  const rule = actions[action]
  if (actor.kind === 'anonymous') throw new Refused(401, 'unauthorized', 'sign in first')
  if (rule.on === 'account' || rule.on === 'installation') throw new Error(`action has no target: ${action}`)
  const workspaceId = await workspaceOf(target, rule.trashed ?? false, db)
  switch (actor.kind) {
    case 'user': {
      const role = workspaceId && (await roleOf(actor.id, workspaceId, db))
      if (!role) throw notFound(rule.on)
      if (!hasRole(role, rule.role)) {
        throw new Refused(403, 'forbidden', `this needs the role ${rule.role}, yours is: ${role}`)
      }
      return { workspaceId, role }
    }
    case 'token':
      if (workspaceId !== actor.workspaceId) throw notFound(rule.on)
      if (!rule.token) throw new Refused(403, 'forbidden', `an API key does not allow this: ${action}`)
      if (rule.token === 'write' && actor.scope !== 'write')
        throw new Refused(
          403,
          'read_only_key',
          `this API key may predict and read only; this needs one that may also change, see Settings: ${action}`,
        )
      return { workspaceId, role: actor.scope === 'write' ? 'editor' : 'viewer' }
    case 'machine':
      if (!rule.machine) throw new Refused(403, 'forbidden', `a machine may not do this: ${action}`)
      if (!workspaceId) throw notFound(rule.on)
      return { workspaceId, role: 'editor' }
  }
}

/** The door for actions about the installation or the person's own account: any signed-in person. */
export function enterAccount(actor: Actor, action: Action): { userId: string } {
  if (actions[action].on !== 'account') throw new Error(`action needs a target: ${action}`)
  if (actor.kind === 'anonymous') throw new Refused(401, 'unauthorized', 'sign in first')
  if (actor.kind !== 'user') throw new Refused(403, 'forbidden', `only a person may do this: ${action}`)
  return { userId: actor.id }
}

/** The door for actions about the work of everybody: the installation's owner, others learn nothing of it. */
export async function enterInstallation(
  actor: Actor,
  action: Action,
  db: Queryable = database(),
): Promise<{ userId: string }> {
  if (actions[action].on !== 'installation')
    throw new Error(`action is not about the installation: ${action}`)
  if (actor.kind === 'anonymous') throw new Refused(401, 'unauthorized', 'sign in first')
  if (actor.kind !== 'user' || !(await ownsInstallation(actor.id, db))) throw notFound('page')
  return { userId: actor.id }
}

/** Whether a person owns the installation: who registered first, which is who set it up. */
export async function ownsInstallation(userId: string, db: Queryable = database()): Promise<boolean> {
  const [first] = await db
    .select({ id: users.id })
    .from(users)
    .orderBy(asc(users.createdAt), asc(users.id))
    .limit(1)
  return first?.id === userId
}

const notFound = (what: string) =>
  new Refused(404, 'not_found', `there is no such ${what === 'dataset' ? 'data set' : what}`)

async function roleOf(userId: string, workspaceId: string, db: Queryable) {
  const [row] = await db
    .select({ role: memberships.role })
    .from(memberships)
    .where(and(eq(memberships.userId, userId), eq(memberships.workspaceId, workspaceId)))
  return row?.role
}

async function workspaceOf(target: Target, trashed: boolean, db: Queryable): Promise<string | undefined> {
  const { workspaceId, notebookId, folderId, endpointId, tokenId, datasetId } = target
  // Postgres would refuse the text of another shape with an error of its own.
  for (const id of [workspaceId, notebookId, folderId, endpointId, datasetId])
    if (id !== undefined && !isUuid(id)) return
  if (notebookId !== undefined) {
    const [row] = await db
      .select({ workspaceId: notebooks.workspaceId })
      .from(notebooks)
      .where(
        and(
          eq(notebooks.id, notebookId),
          trashed ? isNotNull(notebooks.trashedAt) : isNull(notebooks.trashedAt),
        ),
      )
    return row?.workspaceId
  }
  const table = folderId !== undefined ? folders : endpointId !== undefined ? endpoints : undefined
  if (table) {
    const [row] = await db
      .select({ workspaceId: table.workspaceId })
      .from(table)
      .where(eq(table.id, (folderId ?? endpointId)!))
    return row?.workspaceId
  }
  if (datasetId !== undefined) {
    const [row] = await db
      .select({ workspaceId: datasets.workspaceId })
      .from(datasets)
      .where(
        and(eq(datasets.id, datasetId), trashed ? isNotNull(datasets.trashedAt) : isNull(datasets.trashedAt)),
      )
    return row?.workspaceId
  }
  if (tokenId !== undefined) {
    const [row] = await db
      .select({ workspaceId: apiTokens.workspaceId })
      .from(apiTokens)
      .where(eq(apiTokens.id, tokenId))
    return row?.workspaceId
  }
  return workspaceId
}
