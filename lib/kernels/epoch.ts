import { and, eq, isNull, sql } from 'drizzle-orm'
import { kernelEvents, kernelSessions, notebooks } from '../../drizzle/schema'
import { database } from '../db'
import { Refused } from '../refused'

/** Begins the next life of a notebook's kernel and gives its epoch. Two that ask at once get different ones. */
export function nextEpoch(notebookId: string, machineId: string, db = database()): Promise<number> {
  return db.transaction(async (tx) => {
    const [notebook] = await tx
      .select({ id: notebooks.id })
      .from(notebooks)
      .where(eq(notebooks.id, notebookId))
      .for('no key update')
    if (!notebook) throw new Refused(404, 'not_found', 'there is no such notebook')
    // Events too: an example's were made elsewhere.
    const [last] = await tx.execute<{ epoch: number }>(sql`
      select greatest(
        (select coalesce(max(epoch), 0) from ${kernelSessions} where notebook_id = ${notebookId}),
        (select coalesce(max(epoch), 0) from ${kernelEvents} where notebook_id = ${notebookId})) as epoch`)
    const epoch = Number(last!.epoch) + 1
    await tx
      .update(kernelSessions)
      .set({ endedAt: sql`now()`, endReason: 'replaced' })
      .where(and(eq(kernelSessions.notebookId, notebookId), isNull(kernelSessions.endedAt)))
    await tx.insert(kernelSessions).values({ notebookId, epoch, machineId })
    return epoch
  })
}
