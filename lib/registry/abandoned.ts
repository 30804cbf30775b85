import { and, eq, lt } from 'drizzle-orm'
import { modelVersions } from '../../drizzle/schema'
import type { Database } from '../db'

/** Longer than any self-test waits. Milliseconds. */
const abandonedMs = 180_000

/**
 * Rejects versions whose self-test nobody waits for any more, because the process that asked for it was killed.
 * For the start of `web`, and now and then. Resolves to how many there were.
 */
export async function rejectAbandoned(db: Database, now = Date.now()): Promise<number> {
  const rows = await db
    .update(modelVersions)
    .set({ state: 'rejected', rejection: 'the server stopped during its self-test: promote it again' })
    .where(and(eq(modelVersions.state, 'checking'), lt(modelVersions.createdAt, new Date(now - abandonedMs))))
    .returning({ id: modelVersions.id })
  return rows.length
}
