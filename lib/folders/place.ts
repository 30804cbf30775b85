import { and, eq } from 'drizzle-orm'
import { folders } from '../../drizzle/schema'
import type { Queryable } from '../db'
import { Refused } from '../refused'

/** Refuses a folder that is not in the workspace; null is its top. */
export async function checkPlace(workspaceId: string, folderId: string | null, db: Queryable) {
  if (folderId === null) return
  const [row] = await db
    .select({ id: folders.id })
    .from(folders)
    .where(and(eq(folders.id, folderId), eq(folders.workspaceId, workspaceId)))
    // It must not go while something is put into it.
    .for('key share')
  if (!row) throw new Refused(404, 'not_found', 'there is no such folder to put it into')
}

/** What PostgreSQL calls a second folder of one name in one place. */
export function refuseTakenName(error: unknown, name: string): never {
  const { code } = ((error as { cause?: unknown }).cause ?? error) as { code?: string }
  if (code !== '23505') throw error
  const problem = `there is a folder of this name here already: ${name}`
  throw new Refused(409, 'taken', problem, { name: problem })
}
