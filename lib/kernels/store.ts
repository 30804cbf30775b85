import { type SQL, sql } from 'drizzle-orm'
import { kernelEvents } from '../../drizzle/schema'
import { database, type Queryable } from '../db'
import type { KernelEvent, Position } from '../protocol/events'
import { cleanEvent, type StoredEvent } from './clean'
import { type Superseded, supersedes } from './superseded'

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
): Promise<void> {
  // What this batch itself supersedes never gets there: one statement's parts do not see each other's rows.
  const lasting = events.filter(({ event }) => !superseded.some((item) => supersedes(item, event)))
  // One parameter for all rows: the protocol allows 65,535 of them.
  const json = `[${lasting.map((stored) => stored.json).join(',')}]`
  const insertion = sql`
    insert into ${kernelEvents} (notebook_id, epoch, seq, cell_id, execution_id, bytes, event)
    select ${notebookId}::uuid, (e->>'epoch')::int, (e->>'seq')::int, e->>'cellId', e->>'executionId',
      octet_length(e::text), e
    from jsonb_array_elements(${json}::text::jsonb) e
    on conflict do nothing`
  // One statement, one round trip: this runs beside every execution.
  const deletions = deletionsOf(superseded, events).map(
    (part, i) => sql`${sql.raw(`d${i}`)} as (${part(notebookId)})`,
  )
  await db.execute(deletions.length ? sql`with ${sql.join(deletions, sql`, `)} ${insertion}` : insertion)
}

type Part = (notebookId: string) => SQL

/** As few parts as say the same: a batch may hold a thousand updates of one display. */
function deletionsOf(superseded: Superseded[], events: StoredEvent[]): Part[] {
  const known = new Set(events.map(({ event }) => `${event.epoch} ${event.seq}`))
  const singles: Position[] = []
  const ranges = new Map<string, Exclude<Superseded, { what: 'event' }>>()
  for (const item of superseded) {
    if (item.what !== 'event') ranges.set(`${item.what} ${item.cellId} ${item.executionId}`, item)
    else if (!known.has(`${item.at.epoch} ${item.at.seq}`)) singles.push(item.at)
  }
  const parts = [...ranges.values()].map(
    (item): Part =>
      (notebookId) =>
        deleteRange(notebookId, item),
  )
  return singles.length ? [...parts, (notebookId) => deleteSingles(notebookId, singles)] : parts
}

const deleteSingles = (notebookId: string, at: Position[]) => sql`
  delete from ${kernelEvents} where notebook_id = ${notebookId} and (epoch, seq) in (
    select (p->>'epoch')::int, (p->>'seq')::int from jsonb_array_elements(${JSON.stringify(at)}::text::jsonb) p)`

function deleteRange(
  notebookId: string,
  { what, cellId, executionId, before }: Exclude<Superseded, { what: 'event' }>,
) {
  const earlier = sql`notebook_id = ${notebookId} and cell_id = ${cellId}
    and (epoch, seq) < (${before.epoch}::int, ${before.seq}::int)`
  if (what === 'outputs') {
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
