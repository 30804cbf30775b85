import type { Sql } from 'postgres'
import { isUuid } from '../../uuid'
import { Refusal, unknownEndpoint } from '../refusal'
import { type Job, jobColumns } from './job'

/** Where a job is looked for: one of another workspace or endpoint does not exist. */
export type JobPlace = { workspaceId: string; endpoint: string; id: string }

export const unknownJob = ({ endpoint, id }: JobPlace) =>
  new Refusal(404, 'not_found', `no such job of ${endpoint}: ${id.slice(0, 100)}`)

/** A job with its predictions, if it is a request's. Throws `Refusal` 404. */
export async function findJob(sql: Sql, place: JobPlace): Promise<Job & { output: string | null }> {
  const { workspaceId, endpoint, id } = place
  if (!isUuid(id)) throw unknownJob(place)
  const [job] = await sql<(Job & { output: string | null })[]>`
    select ${jobColumns(sql)}, j.output
    from prediction_jobs j join endpoints e on e.id = j.endpoint_id
    where j.id = ${id} and e.workspace_id = ${workspaceId} and e.name = ${endpoint}`
  if (!job) throw unknownJob(place)
  return job
}

/** Newest first. `before`: the id of a job, whose predecessors are wanted. Throws `Refusal` 404. */
export async function listJobs(
  sql: Sql,
  { workspaceId, endpoint }: Omit<JobPlace, 'id'>,
  { limit, before }: { limit: number; before?: string },
): Promise<Job[]> {
  const [found] =
    await sql`select id from endpoints where workspace_id = ${workspaceId} and name = ${endpoint}`
  if (!found) throw unknownEndpoint(endpoint)
  // Ids are in the order of time.
  return sql<Job[]>`
    select ${jobColumns(sql)} from prediction_jobs j
    where j.endpoint_id = ${found.id} and ${before && isUuid(before) ? sql`j.id < ${before}` : sql`true`}
    order by j.created_at desc, j.id desc
    limit ${limit}`
}
