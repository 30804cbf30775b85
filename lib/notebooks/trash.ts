import { and, desc, eq, isNotNull, lt, sql } from 'drizzle-orm'
import { notebooks } from '../../drizzle/schema'
import { database } from '../db'
import { publish } from '../signals'

/** How long the trash keeps a notebook. */
export const trashDays = 30

export type TrashedNotebook = { id: string; title: string; trashedAt: Date }

/** Puts a notebook into the trash: its pages are told that it is gone, its kernel ends, its endpoints stay. */
export async function trashNotebook(id: string, db = database()) {
  await db.update(notebooks).set({ trashedAt: sql`now()` }).where(eq(notebooks.id, id))
  publish({ type: 'notebook_deleted', notebookId: id })
}

/** Takes a notebook out of the trash, to where it lay; to the top where its folder is gone. */
export async function restoreNotebook(id: string, db = database()) {
  await db.update(notebooks).set({ trashedAt: null }).where(eq(notebooks.id, id))
}

/** A workspace's trash, what was put there last first. */
export const listTrash = (workspaceId: string, db = database()): Promise<TrashedNotebook[]> =>
  db
    .select({
      id: notebooks.id,
      title: notebooks.title,
      trashedAt: sql<Date>`${notebooks.trashedAt}`.mapWith(notebooks.trashedAt),
    })
    .from(notebooks)
    .where(and(eq(notebooks.workspaceId, workspaceId), isNotNull(notebooks.trashedAt)))
    .orderBy(desc(notebooks.trashedAt))

/** Deletes a notebook in the trash for good, with its document, outputs and history. */
export async function eraseNotebook(id: string, db = database()) {
  await db.delete(notebooks).where(and(eq(notebooks.id, id), isNotNull(notebooks.trashedAt)))
}

/** Deletes for good what the trash has kept long enough. Resolves to how many. */
export async function sweepTrash(db = database()): Promise<number> {
  const gone = await db
    .delete(notebooks)
    .where(lt(notebooks.trashedAt, sql`now() - make_interval(days => ${trashDays})`))
    .returning({ id: notebooks.id })
  return gone.length
}
