import { sql } from 'drizzle-orm'
import { kernelEvents } from '../../drizzle/schema'
import { database } from '../db'
import { limits } from '../protocol/limits'

/**
 * Deletes the middle of an execution's stream text, beyond the first and last parts that are shown, and adds what it held
 * to the `omitted` of the row that follows. Folding the rows gives the same state before and after.
 */
export async function trimStreams(
  notebookId: string,
  execution: { cellId: string; executionId: string },
  { headBytes, tailBytes }: { headBytes: number; tailBytes: number } = limits,
  db = database(),
) {
  const { cellId, executionId } = execution
  // Length in characters, as `applyEvent` cuts. The row that crosses a border stays whole.
  await db.execute(sql`
    with streams as (
      select epoch, seq,
        length(event->>'text') as size,
        coalesce((event->>'omitted')::bigint, 0) as omitted,
        sum(length(event->>'text')) over (order by epoch, seq) as upto,
        sum(length(event->>'text')) over (order by epoch desc, seq desc) as onward
      from ${kernelEvents}
      where notebook_id = ${notebookId} and cell_id = ${cellId} and execution_id = ${executionId}
        and event->>'type' = 'stream'
    ),
    middle as (
      select epoch, seq, size + omitted as gone from streams
      where upto - size >= ${headBytes}::bigint and onward - size >= ${tailBytes}::bigint
    ),
    deleted as (
      delete from ${kernelEvents} e using middle m
      where e.notebook_id = ${notebookId} and e.epoch = m.epoch and e.seq = m.seq
    ),
    after_it as (
      select epoch, seq from streams
      where (epoch, seq) > (select epoch, seq from middle order by epoch desc, seq desc limit 1)
      order by epoch, seq limit 1
    )
    update ${kernelEvents} e
    set event = jsonb_set(e.event, '{omitted}', to_jsonb(
      coalesce((e.event->>'omitted')::bigint, 0) + (select sum(gone) from middle)))
    from after_it a
    where e.notebook_id = ${notebookId} and e.epoch = a.epoch and e.seq = a.seq`)
}
