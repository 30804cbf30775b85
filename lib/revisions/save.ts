import { createHash } from 'node:crypto'
import { and, desc, eq } from 'drizzle-orm'
import { notebooks, revisionContents, type revisionReason, revisions } from '../../drizzle/schema'
import { database, type Queryable } from '../db'
import type { RevisionContent } from '../notebook/revision-content'
import { Refused } from '../refused'

export type RevisionReason = (typeof revisionReason.enumValues)[number]

export type NewRevision = {
  notebookId: string
  content: RevisionContent
  /** Of the Yjs document at the same moment. */
  stateVector: Uint8Array
  reason: RevisionReason
  /** Who ran, edited, named or restored; undefined where nobody is known. */
  userId?: string
  name?: string
  /** The revision that was brought back. */
  restoredFrom?: string
}

/** Equal for contents that read alike, whatever order their keys have. */
export const contentHash = (content: RevisionContent): Buffer =>
  createHash('sha256').update(canonicalJson(content)).digest()

/**
 * Keeps a revision and resolves with its id. One that reads like the newest keeps nothing and resolves with that one's
 * id, unless it brings a name, which the newest then gets. Refused for a notebook that is gone.
 */
export async function saveRevision(revision: NewRevision, db: Queryable = database()): Promise<Saved> {
  const { notebookId, content, stateVector, reason, userId, name, restoredFrom } = revision
  const hash = contentHash(content)
  return db.transaction(async (tx) => {
    const [notebook] = await tx
      .select({ id: notebooks.id })
      .from(notebooks)
      .where(eq(notebooks.id, notebookId))
      .for('key share')
    if (!notebook) throw new Refused(404, 'not_found', 'there is no such notebook')
    const [newest] = await tx
      .select({ id: revisions.id, hash: revisions.hash, name: revisions.name })
      .from(revisions)
      .where(eq(revisions.notebookId, notebookId))
      .orderBy(desc(revisions.createdAt))
      .limit(1)
    if (newest && hash.equals(newest.hash)) {
      if (name === undefined) return { id: newest.id, kept: false }
      await tx.update(revisions).set({ name }).where(eq(revisions.id, newest.id))
      return { id: newest.id, kept: true }
    }
    await tx.insert(revisionContents).values({ notebookId, hash, content }).onConflictDoNothing()
    const [row] = await tx
      .insert(revisions)
      .values({ notebookId, hash, stateVector, reason, name, restoredFrom, createdBy: userId })
      .returning({ id: revisions.id })
    return { id: row!.id, kept: true }
  })
}

export type Saved = {
  id: string
  /** False where the newest revision reads the same. */
  kept: boolean
}

/** Gives a revision a name, or with null takes it away. False where there is no such revision. */
export async function nameRevision(
  notebookId: string,
  id: string,
  name: string | null,
  db: Queryable = database(),
): Promise<boolean> {
  const rows = await db
    .update(revisions)
    .set({ name })
    .where(and(eq(revisions.notebookId, notebookId), eq(revisions.id, id)))
    .returning({ id: revisions.id })
  return rows.length > 0
}

const canonicalJson = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
