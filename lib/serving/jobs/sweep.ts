import type { Sql } from 'postgres'
import { idsWithFiles, removeFiles } from './batch-folder'

/** Files without a job, of uploads that broke off, are removed when they are so old. Milliseconds. */
const abandonedMs = 24 * 3_600_000

/** Removes jobs and results that have been kept for as long as was promised, and what broken uploads left. */
export async function sweepJobs(sql: Sql, folder: string): Promise<{ jobs: number }> {
  const gone = await sql<{ id: string }[]>`
    delete from prediction_jobs where expires_at < now() returning id`
  for (const { id } of gone) await removeFiles(folder, id)
  const ids = await idsWithFiles(folder, abandonedMs)
  const known = new Set(
    (await sql<{ id: string }[]>`select id from prediction_jobs where id::text = any(${ids})`).map(
      ({ id }) => id,
    ),
  )
  for (const id of ids) if (!known.has(id)) await removeFiles(folder, id)
  return { jobs: gone.length }
}
