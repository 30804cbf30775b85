import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import type { ArtifactStore } from '../../lib/artifacts'
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

/** How often it looks for trainings whose trainer has died, or whose word was lost, milliseconds. */
const lookMs = 1000
/** How often pages hear how far a training is, milliseconds. */
const newsMs = 300
/** A training whose process is lost again and again is not begun for ever. */
const mostAttempts = 3

/** It is another's, or cancelled: what it came to is nobody's. */
class NotOurs extends Error {}

/** Trains until it is closed. What a training has come to is in the database, so that another can begin with it again. */
export async function runTrainer({ sql, artifacts, engines, warn }: TrainerOptions) {
  const runner = randomUUID()
  const running = new Map<string, { engine: TrainingEngine; abort: AbortController; ended: Promise<void> }>()
  let closing = false
  let looking: Promise<void> | undefined
  let again = false

  /** Looks for trainings, one look at a time; a word that comes meanwhile is not lost. */
  function look() {
    if (closing) return
    again = looking !== undefined
    looking ??= takeAll().finally(() => {
      looking = undefined
      if (again) look()
    })
  }

  async function takeAll() {
    try {
      for (const name of trainingEngines) {
        const engine = engines[name]
        const busy = [...running.values()].filter((each) => each.engine === name).length
        if (!engine || busy >= engine.concurrency || closing) continue
        for (const training of await claimTrainings(sql, runner, name, engine.concurrency - busy))
          begin(training, engine)
      }
    } catch (error) {
      warn('trainings cannot be looked for, and are in a second', error)
    }
  }

  function begin(training: ClaimedTraining, engine: Engine) {
    const abort = new AbortController()
    const ended = run(training, engine, abort.signal)
      .catch((error) => warn(`training ${training.id} stopped, and is begun again`, error))
      .finally(() => {
        running.delete(training.id)
        look()
      })
    running.set(training.id, { engine: training.engine, abort, ended })
  }

  async function run(training: ClaimedTraining, engine: Engine, signal: AbortSignal) {
    const { id, attempts } = training
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

  async function renew() {
    // Those alone: what is claimed while the question is out is not in its answer.
    const ids = [...running.keys()]
    if (ids.length === 0) return
    try {
      const ours = await renewLeases(sql, runner, ids)
      for (const id of ids) if (!ours.has(id)) running.get(id)?.abort.abort(new NotOurs())
    } catch (error) {
      warn('the database cannot be reached', error)
    }
  }

  const heartbeat = setInterval(renew, (leaseSeconds * 1000) / 3)
  const looks = setInterval(look, lookMs)
  const listening = await sql.listen(
    trainingsChannel,
    (word) => (word === 'cancelled' ? void renew() : look()),
    look,
  )
  return {
    /** Stops where it is; what it had begun is another's at once. */
    async close() {
      closing = true
      clearInterval(heartbeat)
      clearInterval(looks)
      await listening.unlisten().catch(() => {})
      await looking
      for (const { abort } of running.values()) abort.abort(new NotOurs())
      await Promise.all([...running.values()].map(({ ended }) => ended))
      await releaseTrainings(sql, runner)
    },
  }
}
