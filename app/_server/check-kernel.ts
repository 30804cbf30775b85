import { desc, eq } from 'drizzle-orm'
import { kernelSessions } from '../../drizzle/schema'
import type { Database } from '../../lib/db'
import { Refused } from '../../lib/refused'

/** Refuses a machine that does not run the notebook's newest kernel. */
export async function checkKernel(machineId: string, notebookId: string, db: Database) {
  const [session] = await db
    .select({ machineId: kernelSessions.machineId })
    .from(kernelSessions)
    .where(eq(kernelSessions.notebookId, notebookId))
    .orderBy(desc(kernelSessions.epoch))
    .limit(1)
  if (session?.machineId !== machineId)
    throw new Refused(403, 'forbidden', "this notebook's kernel runs on another machine")
}
