import { sql } from 'drizzle-orm'
import { modelVersions } from '../../drizzle/schema'
import { trainings } from '../../drizzle/schema/trainings'
import type { ArtifactStore } from '../artifacts'
import type { Database } from '../db'
import { removeUnnamed } from '../registry/sweep-artifacts'

/** So many of a data set stay however old they are, and all of so many days. */
export const keptTrainings = 200
export const keptDays = 30

/**
 * Deletes trainings that are old and not among the newest of their data set, with their models; those that a version was
 * made of stay for as long as it does. Resolves to how many went.
 */
export async function sweepTrainings(
  db: Database,
  artifacts: Pick<ArtifactStore, 'has' | 'remove'>,
  newest = keptTrainings,
): Promise<number> {
  const gone = await db.execute<{ artifact: string | null }>(sql`
    delete from ${trainings} as t using (
      select id, row_number() over (
        partition by workspace_id, dataset_name order by created_at desc, id
      ) as place from ${trainings}
    ) as ranked
    where ranked.id = t.id and ranked.place > ${newest}
      and t.ended_at < now() - make_interval(days => ${keptDays}::int)
      and not exists (
        select 1 from ${modelVersions} as v
        where v.source ->> 'trainingId' = t.id::text and v.state <> 'deleted'
      )
    returning t.artifact`)
  const names = gone.flatMap(({ artifact }) => (artifact === null ? [] : [artifact]))
  await removeUnnamed(db, artifacts, [...new Set(names)])
  return gone.length
}
