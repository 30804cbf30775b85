import { eq } from 'drizzle-orm'
import { notebooks } from '../../drizzle/schema'
import { database } from '../db'
import { checkPlace } from '../folders/place'

/** Puts a notebook into a folder of its workspace; null is the top. */
export const moveNotebook = (
  { id, workspaceId, folderId }: { id: string; workspaceId: string; folderId: string | null },
  db = database(),
) =>
  db.transaction(async (tx) => {
    await checkPlace(workspaceId, folderId, tx)
    await tx.update(notebooks).set({ folderId }).where(eq(notebooks.id, id))
  })
