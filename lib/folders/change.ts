import { eq, sql } from 'drizzle-orm'
import { folders, notebooks } from '../../drizzle/schema'
import { database } from '../db'
import { trashNotebook } from '../notebooks/trash'
import { Refused } from '../refused'
import { checkPlace, refuseTakenName } from './place'

export type FolderChange = {
  name?: string
  /** Null moves it to the top. */
  parentId?: string | null
}

/** Renames a folder, or moves it with all that lies in it. Refused where it would lie in itself. */
export const changeFolder = (id: string, change: FolderChange, db = database()) =>
  db
    .transaction(async (tx) => {
      const [folder] = await tx
        .select({ workspaceId: folders.workspaceId, name: folders.name })
        .from(folders)
        .where(eq(folders.id, id))
      if (!folder) throw new Refused(404, 'not_found', 'there is no such folder')
      const { name, parentId } = change
      if (parentId !== undefined) {
        // One move of a workspace at a time: two at once could put two folders into each other.
        await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${folder.workspaceId}))`)
        await checkPlace(folder.workspaceId, parentId, tx)
        if (parentId !== null && (await insideOf(id, tx)).includes(parentId))
          throw new Refused(409, 'inside_itself', `a folder cannot be moved into itself: ${folder.name}`)
      }
      if (name !== undefined || parentId !== undefined)
        await tx.update(folders).set({ name, parentId }).where(eq(folders.id, id))
    })
    .catch((error) => refuseTakenName(error, change.name ?? 'the moved one'))

/** Deletes a folder with those inside of it; their notebooks go into the trash. */
export async function deleteFolder(id: string, db = database()) {
  const inside = await insideOf(id, db)
  const within = await db
    .select({ id: notebooks.id })
    .from(notebooks)
    .where(sql`${notebooks.folderId} in ${inside} and ${notebooks.trashedAt} is null`)
  for (const notebook of within) await trashNotebook(notebook.id, db)
  await db.delete(folders).where(eq(folders.id, id))
}

type Queries = Pick<ReturnType<typeof database>, 'execute'>

/** A folder and all folders inside of it. */
async function insideOf(id: string, db: Queries): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    with recursive inside as (
      select id from ${folders} where id = ${id}
      union select folder.id from ${folders} as folder join inside on folder.parent_id = inside.id
    ) select id from inside`)
  return rows.map((row) => row.id)
}
