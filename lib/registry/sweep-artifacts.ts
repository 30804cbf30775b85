import { sql } from 'drizzle-orm'
import { modelVersions } from '../../drizzle/schema'
import { runArtifacts } from '../../drizzle/schema/experiments'
import { predictionJobs } from '../../drizzle/schema/prediction-jobs'
import { trainings } from '../../drizzle/schema/trainings'
import type { ArtifactStore } from '../artifacts'
import type { Database } from '../db'

/**
 * Removes artifacts of versions that were deleted an hour ago or earlier, unless another version, a run or a training has the same one, or a job is not done with it.
 * By then no request is under way that began before. Resolves to how many went.
 */
export async function sweepArtifacts(
  db: Database,
  artifacts: Pick<ArtifactStore, 'has' | 'remove'>,
): Promise<number> {
  const rows = await db.execute<{ artifact: string }>(sql`
    select distinct gone.artifact from ${modelVersions} as gone
    where gone.state = 'deleted' and gone.deleted_at < now() - interval '1 hour' and not exists (
      select 1 from ${modelVersions} as kept
      where kept.artifact = gone.artifact
        and (kept.state <> 'deleted' or kept.deleted_at >= now() - interval '1 hour')
    ) and not exists (select 1 from ${runArtifacts} where ${runArtifacts.artifact} = gone.artifact)
    and not exists (select 1 from ${trainings} where ${trainings.artifact} = gone.artifact)
    and not exists (
      select 1 from ${predictionJobs} as job where job.artifact = gone.artifact and job.state in ('queued', 'running')
    )`)
  let removed = 0
  for (const { artifact } of rows) {
    if (!(await artifacts.has(artifact))) continue
    await artifacts.remove(artifact)
    removed++
  }
  return removed
}
