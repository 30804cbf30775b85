import { sql } from 'drizzle-orm'
import { modelVersions, revisionContents, revisions } from '../../drizzle/schema'
import { database } from '../db'

/**
 * Thins old history: after a week the last revision of each hour stays, after ninety days that of each day. Kept for
 * good are those with a name, those that models were made from, what they were made with, and each notebook's newest.
 * Resolves to how many went.
 */
export async function thinRevisions(db = database()): Promise<number> {
  const gone = await db.execute(sql`
    delete from ${revisions} using (
      select id, reason, name,
        row_number() over (partition by notebook_id order by created_at desc) as age,
        row_number() over (partition by notebook_id, date_trunc('hour', created_at) order by created_at desc) as of_hour,
        row_number() over (partition by notebook_id, date_trunc('day', created_at) order by created_at desc) as of_day
      from ${revisions}
    ) as ranked
    where ranked.id = ${revisions.id}
      and ranked.age > 1 and ranked.name is null and ranked.reason <> 'created'
      and not exists (select 1 from ${modelVersions} where ${modelVersions.revisionId} = ${revisions.id})
      and (
        (${revisions.createdAt} < now() - interval '90 days' and ranked.of_day > 1)
        or (${revisions.createdAt} < now() - interval '7 days' and ranked.of_hour > 1)
      )
    returning ${revisions.id}`)
  await db.execute(sql`
    delete from ${revisionContents} where not exists (
      select 1 from ${revisions}
      where ${revisions.notebookId} = ${revisionContents.notebookId} and ${revisions.hash} = ${revisionContents.hash}
    )`)
  return gone.length
}
