import type { Sql } from 'postgres'
import type { AlgorithmName, TrainingDetails, TrainingSummary } from '../protocol/training'
import type { Caller } from '../serving/options'
import { Refusal } from '../serving/refusal'
import { isUuid } from '../uuid'

export type TrainingPlace = { workspaceId: string; id: string }

type Row = Omit<TrainingSummary, 'created_at' | 'started_at' | 'ended_at' | 'algorithm'> & {
  algorithm: AlgorithmName
  created_at: Date
  started_at: Date | null
  ended_at: Date | null
}

const summaryColumns = (sql: Sql) => sql`
  t.id, t.state as status,
  json_build_object('name', t.dataset_name, 'version', t.dataset_number, 'hash', t.dataset_hash,
    'version_id', t.dataset_version_id) as dataset,
  t.engine, t.algorithm, t.features, t.target, t.parameters, t.progress, t.error,
  case when t.result is null then null
    else json_build_object('name', t.result #>> '{metrics,0,name}', 'value', t.result #> '{metrics,0,value}') end as score,
  u.name as started_by, t.created_at, t.started_at, t.ended_at`

const iso = (at: Date | null) => at?.toISOString() ?? null
const summaryOf = <R extends Row>(row: R) => ({
  ...row,
  created_at: row.created_at.toISOString(),
  started_at: iso(row.started_at),
  ended_at: iso(row.ended_at),
})

/** The newest trainings of a workspace, of one data set where it is named. */
export async function listTrainings(
  sql: Sql,
  { workspaceId }: Pick<Caller, 'workspaceId'>,
  { dataset, limit }: { dataset?: string; limit: number },
): Promise<TrainingSummary[]> {
  const rows = await sql<Row[]>`
    select ${summaryColumns(sql)} from trainings t left join users u on u.id = t.started_by
    where t.workspace_id = ${workspaceId} and ${dataset === undefined ? sql`true` : sql`t.dataset_name = ${dataset}`}
    order by t.created_at desc, t.id limit ${limit}`
  return rows.map(summaryOf)
}

/** One training with all that came of it. Throws `Refusal` 404. */
export async function findTraining(sql: Sql, { workspaceId, id }: TrainingPlace): Promise<TrainingDetails> {
  const [row] = isUuid(id)
    ? await sql<(Row & Pick<TrainingDetails, 'log' | 'curves' | 'result' | 'versions'>)[]>`
      select ${summaryColumns(sql)}, t.log, t.curves, t.result,
        coalesce((
          select json_agg(json_build_object('endpoint', e.name, 'version', v.version) order by v.created_at)
          from model_versions v join endpoints e on e.id = v.endpoint_id
          where v.artifact = t.artifact and v.state = 'ready' and e.workspace_id = t.workspace_id
            and v.source ->> 'trainingId' = t.id::text
        ), '[]') as versions
      from trainings t left join users u on u.id = t.started_by
      where t.workspace_id = ${workspaceId} and t.id = ${id}`
    : []
  if (!row) throw unknownTraining(id)
  return summaryOf(row)
}

export const unknownTraining = (id: string) =>
  new Refusal(404, 'not_found', `no such training: ${id.slice(0, 100)}`)
