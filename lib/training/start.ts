import type { Sql } from 'postgres'
import type { DatasetColumn } from '../protocol/dataset'
import { type TrainingDetails, trainingsChannel } from '../protocol/training'
import type { Caller } from '../serving/options'
import { Refusal } from '../serving/refusal'
import { findTraining } from './find'
import { settleWishes, type TrainingWishes } from './wishes'

/** Trainings of a workspace that may wait or run at once. */
const mostOpen = 100

/**
 * Commits a training; a trainer takes it up. The same `idempotencyKey` gives the same training. Throws `Refusal`: 404
 * without such a data set or version, 400 where the wish does not fit it, 429 where too many are open.
 */
export async function startTraining(
  sql: Sql,
  { workspaceId, author }: Caller,
  wishes: TrainingWishes,
  idempotencyKey: string | null = null,
): Promise<TrainingDetails> {
  const version = await findVersion(sql, workspaceId, wishes)
  const settled = settleWishes(wishes, version.columns)
  if ('message' in settled) throw new Refusal(400, 'bad_request', settled.message, settled.field)
  const [{ open } = { open: 0 }] = await sql<{ open: number }[]>`
    select count(*)::int as open from trainings where workspace_id = ${workspaceId} and state in ('queued', 'running')`
  if (open >= mostOpen)
    throw new Refusal(
      429,
      'too_many_trainings',
      `${open} trainings of this workspace are not done yet; wait for one, or cancel one`,
      undefined,
      { 'retry-after': '10' },
    )
  const id = await sql.begin(async (tx) => {
    const [row] = await tx<{ id: string }[]>`
      insert into trainings (workspace_id, dataset_version_id, dataset_name, dataset_number, dataset_hash, engine,
        algorithm, features, target, parameters, started_by, idempotency_key)
      values (${workspaceId}, ${version.id}, ${wishes.dataset}, ${version.number}, ${version.hash}, ${wishes.engine},
        ${wishes.algorithm}, ${JSON.stringify(settled.features)}::text::json, ${settled.target}, ${JSON.stringify(settled.parameters)}::text::json,
        ${author}, ${idempotencyKey})
      on conflict (workspace_id, idempotency_key) do update set idempotency_key = excluded.idempotency_key
      returning id, (xmax = 0) as made`
    await tx`insert into dataset_reads (dataset_version_id, training_id)
      select ${version.id}, ${row!.id} where not exists (select 1 from dataset_reads where training_id = ${row!.id})`
    await tx`select pg_notify(${trainingsChannel}, 'new')`
    return row!.id
  })
  return findTraining(sql, { workspaceId, id })
}

async function findVersion(sql: Sql, workspaceId: string, { dataset, version }: TrainingWishes) {
  const [row] = await sql<
    { id: string; number: number; hash: string; columns: DatasetColumn[]; head: number }[]
  >`
    select v.id, v.number, v.hash, v.columns, d.head from datasets d
    join dataset_versions v on v.dataset_id = d.id and v.number = coalesce(${version ?? null}::int, d.head)
    where d.workspace_id = ${workspaceId} and d.name = ${dataset} and d.trashed_at is null`
  if (row) return row
  const [known] = await sql<{ head: number }[]>`
    select head from datasets where workspace_id = ${workspaceId} and name = ${dataset} and trashed_at is null`
  throw new Refusal(
    404,
    'not_found',
    known
      ? `${dataset} has the versions 1 to ${known.head}, not ${version}`
      : `there is no data set of this name: ${dataset}`,
    known ? 'version' : 'dataset',
  )
}
