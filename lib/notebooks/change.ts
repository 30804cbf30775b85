import { eq, sql } from 'drizzle-orm'
import { notebooks } from '../../drizzle/schema'
import { database } from '../db'
import { publish } from '../signals'

/** Pages that show the notebook are told. */
export async function renameNotebook(id: string, title: string, db = database()) {
  await db.update(notebooks).set({ title, updatedAt: sql`now()` }).where(eq(notebooks.id, id))
  publish({ type: 'notebook_renamed', notebookId: id, title })
}
