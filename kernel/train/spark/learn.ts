import { NoSparkError } from '../../../lib/spark/access'
import { connect, type SparkClient, type Stage } from '../../../lib/spark/client'
import { SparkAwayError, SparkError } from '../../../lib/spark/errors'
import type { SparkRemote } from '../../../lib/spark/remote'
import { createSession, type SparkSession } from '../../../lib/spark/session'
import { delay } from '../../../lib/stack/delay'
import type { ClaimedTraining } from '../../../lib/training/claim'
import { TrainingError } from '../../../lib/training/training-error'
import type { DataFrame } from '../../sdk/spark/data-frame'
import type { SparkHost } from '../../sdk/spark/host'
import { EngineLost, type Telling } from '../engine'
import type { RowSource, SparkAnswer, SparkJob } from './job'
import { learnStep, type Spark } from './learn-step'
import { dropTables, heldBytes, placeRows } from './rows'
import { stepsOf } from './steps'
import { tableOf } from './tables'

export type SparkWork = {
  training: Pick<ClaimedTraining, 'id' | 'sparkSessionId' | 'attempts'>
  tell: Pick<Telling, 'log' | 'progress' | 'sparkIds'>
  signal: AbortSignal
  /** What more rows take than a session of Spark holds, bytes. */
  heldBytes?: number
}

/** Has Spark learn what one training asks. */
export type SparkLearner = {
  /**
   * Has Spark learn a job, and reads the model back. `number`: which question of the training it is, an elbow asks many, all
   * of the same rows. Those are asked for where Spark does not have them.
   */
  learn(job: SparkJob, number: number, parts: RowSource['parts']): Promise<SparkAnswer>
  /** Leaves nothing of the training in Spark's tables. */
  close(): Promise<void>
}

const resultBytes = 2 ** 29

/**
 * Opens what a training is learned with. Session and operation stand on the training's row before Spark hears of them:
 * whoever takes the training up after a crash finds the operation going on, or done, and takes its result.
 */
export function openSparkLearner(remote: () => SparkRemote, work: SparkWork): SparkLearner {
  const { tell, signal, training } = work
  const { attempts } = training
  const table = tableOf(training.id, attempts)
  const tables = Array.from({ length: attempts }, (_, i) => tableOf(training.id, i + 1))
  let opened: Spark | undefined
  let rows: Promise<DataFrame> | undefined
  let isWritten = false
  let isAway = false

  function open(): Spark {
    if (opened) return opened
    const client = connect(remote(), training.sparkSessionId ?? sessionOf(training.id))
    const session = createSession(client, {
      limitBytes: resultBytes,
      signal: () => signal,
      watch: () => ({ stages: (stages) => tell.progress(progressOf(stages)), end: () => {} }),
    })
    opened = { client, session, host: hostOf(session) }
    return opened
  }

  async function place(spark: Spark, job: SparkJob, parts: RowSource['parts']): Promise<DataFrame> {
    const held = work.heldBytes ?? heldBytes
    isWritten = job.rows * job.width * 8 > held
    const began = performance.now()
    const data = await placeRows(job, parts(), {
      session: unwatched(spark.client),
      host: spark.host,
      table,
      heldBytes: held,
      signal,
      sent: (done) => tell.progress({ done, of: job.rows, what: 'rows to Spark' }),
    })
    if (isWritten)
      tell.log(
        `${job.rows} rows were written to spark, as the table ${table}, in ${((performance.now() - began) / 1000).toFixed(1)} s`,
      )
    return data
  }

  return {
    async learn(job, number, parts) {
      try {
        const steps = stepsOf(job)
        const spark = open()
        const { 'spark.app.id': application } = await spark.session.config(['spark.app.id'])
        tell.log(`spark learns as ${application}: ${job.rows} rows of ${job.width} numbers`)
        const table = () => {
          rows ??= place(spark, job, parts)
          return rows
        }
        let best: SparkAnswer | undefined
        for (const [i, step] of steps.entries()) {
          const answer = await learnStep(spark, table, job, step, { ...work, number: 1000 * number + i })
          if (!best || (answer.cost ?? 0) < (best.cost ?? 0)) best = answer
        }
        return best!
      } catch (error) {
        signal.throwIfAborted()
        if (error instanceof SparkAwayError) {
          isAway = true
          throw new EngineLost(`spark went away: ${error.message}`)
        }
        if (error instanceof SparkError || error instanceof NoSparkError)
          throw new TrainingError(error.message)
        throw error
      }
    },
    async close() {
      if (!opened) return
      try {
        await rows?.catch(() => {})
        if (isAway || (!isWritten && attempts === 1)) return
        // What is written still would bring files back.
        if (attempts > 1) await untilAllEnded(opened.client)
        await dropTables(unwatched(opened.client), tables)
      } catch (error) {
        tell.log(`what spark holds of the training is dropped later: ${(error as Error).message}`)
      } finally {
        opened.client.close()
      }
    },
  }
}

/** Says nothing of stages, and is not ended with the training. */
const unwatched = (client: SparkClient) => createSession(client, { limitBytes: resultBytes })

/** Of a part that a killed process left. */
const mostEndingMs = 60_000

async function untilAllEnded(client: SparkClient) {
  const until = Date.now() + mostEndingMs
  while (Date.now() < until) {
    const states = await client.operationStates()
    // What nobody has taken the end of stays TERMINATING.
    if (!states.includes('RUNNING')) return
    await delay(200)
  }
}

/** The same for whoever takes the training up. */
const sessionOf = (trainingId: string) => trainingId

const hostOf = (session: SparkSession): SparkHost => ({
  ...session,
  table: () => Promise.reject(new Error('a training makes no tables')),
  print: () => {},
})

function progressOf(stages: Stage[]) {
  const of = stages.reduce((sum, { num_tasks = 0 }) => sum + num_tasks, 0)
  const done = stages.reduce((sum, { num_completed_tasks = 0 }) => sum + num_completed_tasks, 0)
  const ended = stages.filter((stage) => stage.done).length
  return { done, of: Math.max(of, 1), what: `Spark, ${ended} of ${stages.length} stages` }
}
