import type { Sql } from 'postgres'
import type { JobKind } from '../../protocol/prediction-jobs'
import { type Job, jobColumns } from './job'

/** Who has said nothing for so long is dead, and its jobs are another's. Seconds; it is said three times as often. */
export const leaseSeconds = 5

export type ClaimedJob = Job & { input: string | null }

/**
 * Takes jobs that nobody works at, those of workspaces with the fewest running first: one workspace's many jobs do not
 * make another's wait.
 */
export const claimJobs = (sql: Sql, runner: string, kind: JobKind, count: number) => sql<ClaimedJob[]>`
  with busy as (
    select workspace_id, count(*) as jobs from prediction_jobs
    where kind = ${kind} and state = 'running' group by workspace_id
  )
  update prediction_jobs j
  set state = 'running', runner = ${runner}, lease_until = now() + make_interval(secs => ${leaseSeconds}),
    started_at = coalesce(j.started_at, now())
  where j.id in (
    select o.id from prediction_jobs o left join busy on busy.workspace_id = o.workspace_id
    where o.kind = ${kind} and (o.state = 'queued' or (o.state = 'running' and o.lease_until < now()))
    order by coalesce(busy.jobs, 0), o.created_at
    limit ${count}
    for update of o skip locked
  )
  returning ${jobColumns(sql)}, j.input`

/** Says that the runner works at these jobs. Resolves to those of them that are still its own. */
export async function renewLeases(sql: Sql, runner: string, ids: string[]): Promise<Set<string>> {
  const rows = await sql<{ id: string }[]>`
    update prediction_jobs set lease_until = now() + make_interval(secs => ${leaseSeconds})
    where runner = ${runner} and state = 'running' and id = any(${ids})
    returning id`
  return new Set(rows.map(({ id }) => id))
}

/** Gives back what the runner had begun, for another to go on with at once. */
export const releaseJobs = (sql: Sql, runner: string) => sql`
  update prediction_jobs set state = 'queued', runner = null, lease_until = null
  where runner = ${runner} and state = 'running'`
