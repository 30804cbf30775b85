import type { Sql } from 'postgres'
import type {
  AlgorithmName,
  Curves,
  Parameters,
  TrainingEngine,
  TrainingProgress,
} from '../protocol/training'

/** Who has said nothing for so long is dead, and its trainings are another's. Seconds; it is said three times as often. */
export const leaseSeconds = 6

export type ClaimedTraining = {
  id: string
  datasetVersionId: string | null
  datasetName: string
  datasetNumber: number
  engine: TrainingEngine
  algorithm: AlgorithmName
  features: string[]
  target: string | null
  parameters: Parameters
  /** 1 for who begins with it first. */
  attempts: number
  log: string
  sparkSessionId: string | null
  sparkOperationId: string | null
}

const columns = (sql: Sql) => sql`
  t.id, t.dataset_version_id as "datasetVersionId", t.dataset_name as "datasetName", t.dataset_number as "datasetNumber",
  t.engine, t.algorithm, t.features, t.target, t.parameters, t.attempts, t.log,
  t.spark_session_id as "sparkSessionId", t.spark_operation_id as "sparkOperationId"`

/** Takes trainings that nobody works at, those of workspaces with the fewest running first. */
export const claimTrainings = (sql: Sql, runner: string, engine: TrainingEngine, count: number) => sql<
  ClaimedTraining[]
>`
  with busy as (
    select workspace_id, count(*) as trainings from trainings where state = 'running' group by workspace_id
  )
  update trainings t
  set state = 'running', runner = ${runner}, lease_until = now() + make_interval(secs => ${leaseSeconds}),
    started_at = coalesce(t.started_at, now()), attempts = t.attempts + 1
  where t.id in (
    select o.id from trainings o left join busy on busy.workspace_id = o.workspace_id
    where o.engine = ${engine} and (o.state = 'queued' or (o.state = 'running' and o.lease_until < now()))
    order by coalesce(busy.trainings, 0), o.created_at
    limit ${count}
    for update of o skip locked
  )
  returning ${columns(sql)}`

/** Says that the runner works at these. Resolves to those of them that are still its own. */
export async function renewLeases(sql: Sql, runner: string, ids: string[]): Promise<Set<string>> {
  const rows = await sql<{ id: string }[]>`
    update trainings set lease_until = now() + make_interval(secs => ${leaseSeconds})
    where runner = ${runner} and state = 'running' and id = any(${ids})
    returning id`
  return new Set(rows.map(({ id }) => id))
}

/** Gives back what the runner had begun, for another to begin with at once. */
export const releaseTrainings = (sql: Sql, runner: string, ids?: string[]) => sql`
  update trainings set state = 'queued', runner = null, lease_until = null
  where runner = ${runner} and state = 'running' and ${ids ? sql`id = any(${ids})` : sql`true`}`

export type TrainingNews = { progress: TrainingProgress | null; curves: Curves; log: string }

/** Keeps how far a training is, while it is the runner's. */
export const keepNews = (
  sql: Sql,
  runner: string,
  id: string,
  { progress, curves, log }: TrainingNews,
) => sql`
  update trainings set progress = ${progress && JSON.stringify(progress)}::text::json, curves = ${JSON.stringify(curves)}::text::json,
    log = ${log.replaceAll('\0', '')}
  where id = ${id} and runner = ${runner} and state = 'running'`

/** Keeps what a Spark server knows the training as, before it is begun there. */
export const keepSparkIds = (
  sql: Sql,
  runner: string,
  id: string,
  { sessionId, operationId }: { sessionId: string; operationId: string },
) => sql`
  update trainings set spark_session_id = ${sessionId}, spark_operation_id = ${operationId}
  where id = ${id} and runner = ${runner} and state = 'running'`
