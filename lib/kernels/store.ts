import { sql } from 'drizzle-orm'
import { kernelEvents } from '../../drizzle/schema'
import { database, type Queryable } from '../db'
import type { KernelEvent } from '../protocol/events'
import { cleanEvent, type StoredEvent } from './clean'
import type { Superseded } from './superseded'

/**
 * Stores a notebook's events and deletes what they supersede, in one transaction. An event that is there already is
 * left as it is, so that a repeated delivery is harmless.
 */
export const storeEvents = (
  notebookId: string,
  events: KernelEvent[],
  superseded: Superseded[],
  db: Queryable = database(),
) => storeCleaned(notebookId, events.map(cleanEvent), superseded, db)

/** The same for events whose JSON is known. */
export async function storeCleaned(
  notebookId: string,
  events: StoredEvent[],
  superseded: Superseded[],
  db: Queryable = database(),
) {
  await db.transaction(async (tx) => {
    // One parameter for all rows: the protocol allows 65,535 of them.
    const json = `[${events.map((stored) => stored.json).join(',')}]`
    await tx.execute(sql`
      insert into ${kernelEvents} (notebook_id, epoch, seq, cell_id, execution_id, bytes, event)
      select ${notebookId}::uuid, (e->>'epoch')::int, (e->>'seq')::int, e->>'cellId', e->>'executionId',
        octet_length(e::text), e
      from jsonb_array_elements(${json}::text::jsonb) e
      on conflict do nothing`)
    for (const item of superseded) await tx.execute(deletion(notebookId, item))
  })
}

function deletion(notebookId: string, item: Superseded) {
  if (item.what === 'event') {
    const { epoch, seq } = item.at
    return sql`delete from ${kernelEvents}
      where notebook_id = ${notebookId} and epoch = ${epoch} and seq = ${seq}`
  }
  const { cellId, executionId, before } = item
  const earlier = sql`notebook_id = ${notebookId} and cell_id = ${cellId}
    and (epoch, seq) < (${before.epoch}::int, ${before.seq}::int)`
  if (item.what === 'outputs') {
    return sql`delete from ${kernelEvents}
      where ${earlier} and execution_id = ${executionId} and event->>'type' <> 'execution'`
  }
  // An update may belong to a display of another cell, which still shows it.
  return sql`delete from ${kernelEvents} e
    where ${earlier} and execution_id <> ${executionId} and (event->>'type' <> 'update_display_data' or exists (
      select 1 from ${kernelEvents} d
      where d.notebook_id = ${notebookId} and d.cell_id = ${cellId} and d.event->>'type' = 'display_data'
        and d.event->>'displayId' = e.event->>'displayId'))`
}
