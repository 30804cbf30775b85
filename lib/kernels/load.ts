import { asc, eq } from 'drizzle-orm'
import { kernelEvents } from '../../drizzle/schema'
import { database } from '../db'
import { applyEvents, emptyState, type NotebookState } from '../notebook/state'

/** What a notebook's kernel has said, folded. */
export async function loadState(notebookId: string, db = database()): Promise<NotebookState> {
  const rows = await db
    .select({ event: kernelEvents.event })
    .from(kernelEvents)
    .where(eq(kernelEvents.notebookId, notebookId))
    .orderBy(asc(kernelEvents.epoch), asc(kernelEvents.seq))
  return applyEvents(
    emptyState(),
    rows.map(({ event }) => event),
  )
}
