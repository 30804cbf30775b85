import { sql } from 'drizzle-orm'
import { modelVersions } from '../../drizzle/schema'
import { runArtifacts } from '../../drizzle/schema/experiments'
import { predictionJobs } from '../../drizzle/schema/prediction-jobs'
import { trainings } from '../../drizzle/schema/trainings'
import type { ArtifactStore } from '../artifacts'
import type { Database } from '../db'

type Removing = Pick<ArtifactStore, 'has' | 'remove'>

/**
 * Removes artifacts of versions that were deleted an hour ago or earlier, unless something else has the same one. By then
 * no request is under way that began before. Resolves to how many went.
 */
export async function sweepArtifacts(db: Database, artifacts: Removing): Promise<number> {
  const rows = await db.execute<{ artifact: string }>(sql`
    select distinct artifact from ${modelVersions}
    where state = 'deleted' and deleted_at < now() - interval '1 hour' and artifact is not null`)
  return removeUnnamed(
    db,
    artifacts,
    rows.map(({ artifact }) => artifact),
  )
}

/**
 * Removes those of these artifacts that nothing has: no version that is there or was within the hour, no run, no training,
 * no job that is not done with it. Resolves to how many went.
 */
export async function removeUnnamed(db: Database, artifacts: Removing, names: string[]): Promise<number> {
  const rows = await db.execute<{ name: string }>(sql`
    select name from json_array_elements_text(${JSON.stringify(names)}::json) as name
    where not exists (
      select 1 from ${modelVersions} as kept
      where kept.artifact = name
        and (kept.state <> 'deleted' or kept.deleted_at >= now() - interval '1 hour')
    ) and not exists (select 1 from ${runArtifacts} where ${runArtifacts.artifact} = name)
    and not exists (select 1 from ${trainings} where ${trainings.artifact} = name)
    and not exists (
      select 1 from ${predictionJobs} as job where job.artifact = name and job.state in ('queued', 'running')
    )`)
  let removed = 0
  for (const { name } of rows) {
    if (!(await artifacts.has(name))) continue
    await artifacts.remove(name)
    removed++
  }
  return removed
}
