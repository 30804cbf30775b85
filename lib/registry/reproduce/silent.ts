import { and, eq, lt } from 'drizzle-orm'
import { reproductions } from '../../../drizzle/schema/reproductions'
import type { Database } from '../../db'

/** A machine tells of each every ten seconds. Milliseconds. */
const silentMs = 2 * 60_000

/**
 * Ends those that no machine speaks of any more, once web has been there (`upMs`) for as long as a machine may take to speak. Resolves to
 * how many there were.
 */
export async function endSilentReproductions(
  db: Database,
  { now = Date.now(), upMs = process.uptime() * 1000 } = {},
): Promise<number> {
  if (upMs < silentMs) return 0
  const rows = await db
    .update(reproductions)
    .set({
      state: 'failed',
      note: 'the machine that ran it was not heard of again; reproduce it once more',
      endedAt: new Date(now),
    })
    .where(and(eq(reproductions.state, 'running'), lt(reproductions.heardAt, new Date(now - silentMs))))
    .returning({ id: reproductions.id })
  return rows.length
}
