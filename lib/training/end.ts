import type { Sql } from 'postgres'
import { hasEnded, type TrainingDetails, trainingsChannel } from '../protocol/training'
import type { TrainingCandidate } from '../protocol/training-candidate'
import type { TrainingResult } from '../protocol/training-result'
import { Refusal } from '../serving/refusal'
import { findTraining, type TrainingPlace } from './find'

export type TrainingEnd =
  | {
      state: 'done'
      artifact: { name: string; bytes: number }
      result: TrainingResult
      candidate: TrainingCandidate
    }
  | { state: 'failed'; error: string }
  | { state: 'cancelled' }

/** Ends a training, once. `runner`: who works at it, and may say so only while it is theirs. False where it had ended. */
export async function endTraining(sql: Sql, id: string, end: TrainingEnd, runner?: string): Promise<boolean> {
  const done = end.state === 'done' ? end : undefined
  const error = end.state === 'failed' ? end.error.replaceAll('\0', '').slice(0, 4000) : null
  const rows = await sql`
    update trainings set state = ${end.state}, error = ${error}, ended_at = now(), runner = null, lease_until = null,
      result = ${jsonOf(done?.result)}::text::json, candidate = ${jsonOf(done?.candidate)}::text::json,
      artifact = ${done?.artifact.name ?? null}, artifact_bytes = ${done?.artifact.bytes ?? null}
    where id = ${id} and state in ('queued', 'running')
      and ${runner === undefined ? sql`true` : sql`runner = ${runner}`}
    returning id`
  return rows.length > 0
}

/** As text: the order of a record's fields is the person's, and binary JSON would lose it. NUL cannot be stored. */
const jsonOf = (value: unknown) =>
  value === undefined ? null : JSON.stringify(value).replaceAll('\\u0000', '')

/** Cancels a training; twice is no mistake. Throws `Refusal` 404, or 409 where it has ended otherwise. */
export async function cancelTraining(sql: Sql, place: TrainingPlace): Promise<TrainingDetails> {
  const { id } = await findTraining(sql, place)
  await endTraining(sql, id, { state: 'cancelled' })
  const training = await findTraining(sql, place)
  if (training.status !== 'cancelled' && hasEnded(training.status))
    throw new Refusal(409, 'ended', `the training has ended and cannot be cancelled: ${training.status}`)
  await sql.notify(trainingsChannel, 'cancelled')
  return training
}
