import { and, eq, isNull, sql } from 'drizzle-orm'
import { kernelSessions } from '../../drizzle/schema'
import { database } from '../db'

/** Records the end of a kernel's life, and why. */
export async function endEpoch(notebookId: string, epoch: number, reason: string, db = database()) {
  await db
    .update(kernelSessions)
    .set({ endedAt: sql`now()`, endReason: reason })
    .where(
      and(
        eq(kernelSessions.notebookId, notebookId),
        eq(kernelSessions.epoch, epoch),
        isNull(kernelSessions.endedAt),
      ),
    )
}
