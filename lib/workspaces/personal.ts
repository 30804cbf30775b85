import { and, eq } from 'drizzle-orm'
import { memberships, workspaces } from '../../drizzle/schema'
import { database } from '../db'
import type { Role } from '../permissions'

export type WorkspaceSummary = { id: string; name: string; kind: 'personal' | 'team'; role: Role }

/** A person's own workspace; registration makes it. */
export async function personalWorkspace(userId: string, db = database()): Promise<WorkspaceSummary> {
  const [own] = await db
    .select({ id: workspaces.id, name: workspaces.name, kind: workspaces.kind, role: memberships.role })
    .from(memberships)
    .innerJoin(workspaces, eq(workspaces.id, memberships.workspaceId))
    .where(
      and(eq(memberships.userId, userId), eq(workspaces.kind, 'personal'), eq(memberships.role, 'owner')),
    )
  if (!own) throw new Error(`no workspace of their own: ${userId}`)
  return own
}
