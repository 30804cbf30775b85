import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm'
import * as Y from 'yjs'
import { documentUpdates, notebooks } from '../../drizzle/schema'
import { database } from '../db'

export type DocumentUpdate = { notebookId: string; data: Uint8Array; userId?: string }

/** A notebook's document from the rows that hold it, and how many there were. Empty for one that is not there. */
export async function loadDocument(
  notebookId: string,
  db = database(),
): Promise<{ document: Y.Doc; updates: number }> {
  const rows = await db
    .select({ data: documentUpdates.data })
    .from(documentUpdates)
    .where(eq(documentUpdates.notebookId, notebookId))
    .orderBy(asc(documentUpdates.seq))
  const document = new Y.Doc()
  if (rows.length) Y.applyUpdate(document, Y.mergeUpdates(rows.map(({ data }) => data)))
  return { document, updates: rows.length }
}

/** Stores updates; what this has returned from survives any crash. Rejects when a notebook is not there any more. */
export async function appendUpdates(updates: DocumentUpdate[], db = database()) {
  const ids = [...new Set(updates.map(({ notebookId }) => notebookId))]
  await db.transaction(async (tx) => {
    await tx
      .insert(documentUpdates)
      .values(updates.map(({ notebookId, data, userId }) => ({ notebookId, data, createdBy: userId })))
    // At most one write every few seconds to a row that lists read.
    await tx
      .update(notebooks)
      .set({ updatedAt: sql`now()` })
      .where(and(inArray(notebooks.id, ids), lte(notebooks.updatedAt, sql`now() - interval '5 seconds'`)))
  })
}

/** Replaces a document's rows by one, in one transaction. */
export async function compactUpdates(notebookId: string, db = database()) {
  await db.transaction(async (tx) => {
    // Blocks writers, whose rows refer to this one.
    await tx.execute(sql`select 1 from ${notebooks} where ${notebooks.id} = ${notebookId} for update`)
    const rows = await tx
      .select({ seq: documentUpdates.seq, data: documentUpdates.data })
      .from(documentUpdates)
      .where(eq(documentUpdates.notebookId, notebookId))
      .orderBy(asc(documentUpdates.seq))
    const last = rows.at(-1)
    if (!last || rows.length === 1) return
    // Through a document, which drops the text of what was deleted.
    const document = new Y.Doc()
    for (const { data } of rows) Y.applyUpdate(document, data)
    const data = Y.encodeStateAsUpdate(document)
    document.destroy()
    await tx
      .delete(documentUpdates)
      .where(and(eq(documentUpdates.notebookId, notebookId), lte(documentUpdates.seq, last.seq)))
    await tx.insert(documentUpdates).values({ notebookId, data })
  })
}
