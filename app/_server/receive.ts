import { eq } from 'drizzle-orm'
import { notebooks } from '../../drizzle/schema'
import type { Database } from '../../lib/db'
import type { KernelEvent } from '../../lib/protocol/events'
import type { KernelStates } from './kernel-states'

/** Takes a host's events in. Those of a notebook that was deleted are dropped: their host need not keep them. */
export async function keepEvents(
  states: KernelStates,
  notebookId: string,
  events: KernelEvent[],
  db: Database,
) {
  try {
    await states.receive(notebookId, events)
  } catch (error) {
    const [notebook] = await db
      .select({ id: notebooks.id })
      .from(notebooks)
      .where(eq(notebooks.id, notebookId))
    if (notebook) throw error
    states.forget(notebookId)
  }
}
