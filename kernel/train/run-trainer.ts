import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import type { ArtifactStore } from '../../lib/artifacts'
import { runLeased } from '../../lib/leases/run-leased'
import { type TrainingEngine, trainingEngines, trainingsChannel } from '../../lib/protocol/training'
import {
  type ClaimedTraining,
  claimTrainings,
  keepNews,
  keepSparkIds,
  leaseSeconds,
  releaseTrainings,
  renewLeases,
} from '../../lib/training/claim'
import { endTraining } from '../../lib/training/end'
import { TrainingError } from '../../lib/training/training-error'
import { type Engine, EngineLost } from './engine'
import { createNews } from './news'

export type TrainerOptions = {
  sql: Sql
  artifacts: Pick<ArtifactStore, 'put'>
  /** Trainings of an engine that is not here wait for a trainer that has it. */
  engines: Partial<Record<TrainingEngine, Engine>>
  warn: (message: string, error?: unknown) => void
}

/** How often pages hear how far a training is, milliseconds. */
const newsMs = 300
/** A training whose process is lost again and again is not begun for ever. */
const mostAttempts = 3

/** Trains until it is closed. What a training has come to is in the database, so that another can begin with it again. */
export async function runTrainer({ sql, artifacts, engines, warn }: TrainerOptions) {
  const runner = randomUUID()
  async function run(training: ClaimedTraining, signal: AbortSignal) {
    const { id, attempts } = training
    const engine = engines[training.engine]!
    const news = createNews(training.log)
    if (attempts > 1) news.log(`begun again (${attempts}): what worked at it ended before it was done`)
    const keep = async () => {
      const taken = news.take()
      if (taken) await keepNews(sql, runner, id, taken)
    }
    await keep()
    const timer = setInterval(() => {
      keep().catch((error) => warn('the database cannot be reached', error))
    }, newsMs)
    const sparkIds = async (ids: { sessionId: string; operationId: string }) => {
      await keepSparkIds(sql, runner, id, ids)
    }
    try {
      const { artifact, result, candidate } = await engine.run(training, { ...news, sparkIds }, signal)
      const stored = await artifacts.put(artifact)
      await keep()
      await endTraining(sql, id, { state: 'done', artifact: stored, result, candidate }, runner)
    } catch (error) {
      if (signal.aborted) return
      await keep()
      if (error instanceof TrainingError || attempts >= mostAttempts) {
        const message = error instanceof Error ? error.message : String(error)
        return void (await endTraining(sql, id, { state: 'failed', error: message }, runner))
      }
      if (error instanceof EngineLost) news.log(error.message)
      await keep()
      await releaseTrainings(sql, runner, [id])
      throw error
    } finally {
      clearInterval(timer)
    }
  }

  return runLeased<TrainingEngine, ClaimedTraining>({
    sql,
    channel: trainingsChannel,
    leaseSeconds,
    concurrency: Object.fromEntries(
      trainingEngines.map((name) => [name, engines[name]?.concurrency ?? 0]),
    ) as Record<TrainingEngine, number>,
    words: { one: 'training', stopped: 'begun again' },
    claim: (name, count) => claimTrainings(sql, runner, name, count),
    run,
    renew: (ids) => renewLeases(sql, runner, ids),
    release: () => releaseTrainings(sql, runner),
    warn,
  })
}
