import { and, desc, eq, lt } from 'drizzle-orm'
import { revisionContents, revisions, users } from '../../drizzle/schema'
import { database } from '../db'
import type { RevisionContent } from '../notebook/revision-content'
import { Refused } from '../refused'
import { isUuid } from '../uuid'
import type { RevisionReason } from './save'

/** One line of a notebook's history. */
export type RevisionSummary = {
  id: string
  reason: RevisionReason
  name: string | null
  restoredFrom: string | null
  /** Whose it is; null where nobody is known. */
  author: string | null
  createdAt: Date
}

export type Revision = RevisionSummary & { content: RevisionContent }

const summary = {
  id: revisions.id,
  reason: revisions.reason,
  name: revisions.name,
  restoredFrom: revisions.restoredFrom,
  author: users.name,
  createdAt: revisions.createdAt,
}

/** How many lines of history are read at a time. */
export const historyPage = 200

/** A notebook's revisions, newest first; with `before`, those older than that moment. */
export const listRevisions = (
  notebookId: string,
  before?: Date,
  db = database(),
): Promise<RevisionSummary[]> =>
  db
    .select(summary)
    .from(revisions)
    .leftJoin(users, eq(users.id, revisions.createdBy))
    .where(and(eq(revisions.notebookId, notebookId), before ? lt(revisions.createdAt, before) : undefined))
    .orderBy(desc(revisions.createdAt))
    .limit(historyPage)

/** A revision with what it holds. Refused where the notebook has no such revision. */
export async function findRevision(notebookId: string, id: string, db = database()): Promise<Revision> {
  const [row] = isUuid(id)
    ? await db
        .select({ ...summary, content: revisionContents.content })
        .from(revisions)
        .innerJoin(
          revisionContents,
          and(
            eq(revisionContents.notebookId, revisions.notebookId),
            eq(revisionContents.hash, revisions.hash),
          ),
        )
        .leftJoin(users, eq(users.id, revisions.createdBy))
        .where(and(eq(revisions.notebookId, notebookId), eq(revisions.id, id)))
    : []
  if (!row) throw new Refused(404, 'not_found', `the notebook has no such revision: ${id.slice(0, 80)}`)
  return row
}
