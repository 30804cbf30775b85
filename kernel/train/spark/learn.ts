import { createHash, randomUUID } from 'node:crypto'
import { NoSparkError } from '../../../lib/spark/access'
import { connect, type SparkClient, type Stage } from '../../../lib/spark/client'
import { SparkAwayError, SparkError } from '../../../lib/spark/errors'
import type { SparkRemote } from '../../../lib/spark/remote'
import { createSession, type Executed, type SparkSession } from '../../../lib/spark/session'
import type { ClaimedTraining } from '../../../lib/training/claim'
import { TrainingError } from '../../../lib/training/training-error'
import { col } from '../../sdk/spark/column'
import { DataFrame } from '../../sdk/spark/data-frame'
import { functions } from '../../sdk/spark/functions'
import type { SparkHost } from '../../sdk/spark/host'
import { mlParams } from '../../sdk/spark/ml/params'
import { modelOf, operatorOf } from '../../sdk/spark/ml/step'
import { EngineLost, type Telling } from '../engine'
import type { SparkAnswer, SparkJob } from './job'
import { readModel } from './read-model'
import { type SparkStep, stepsOf } from './steps'

export type SparkWork = {
  training: Pick<ClaimedTraining, 'id' | 'sparkSessionId'>
  /** Which question of the training it is: an elbow asks many. */
  number: number
  tell: Pick<Telling, 'log' | 'progress' | 'sparkIds'>
  signal: AbortSignal
}

const resultBytes = 2 ** 29

/**
 * Has Spark learn a job, and reads the model back. Session and operation stand on the training's row before Spark hears of
 * them: whoever takes the training up after a crash finds the operation going on, or done, and takes its result.
 */
export async function learnOnSpark(
  remote: () => SparkRemote,
  job: SparkJob,
  work: SparkWork,
): Promise<SparkAnswer> {
  const { tell, signal, training } = work
  const steps = stepsOf(job)
  let client: SparkClient | undefined
  try {
    client = connect(remote(), training.sparkSessionId ?? sessionOf(training.id))
    const session = createSession(client, {
      limitBytes: resultBytes,
      signal: () => signal,
      watch: () => ({ stages: (stages) => tell.progress(progressOf(stages)), end: () => {} }),
    })
    const host = hostOf(session)
    const table = await upload(host, job)
    const { 'spark.app.id': application } = await session.config(['spark.app.id'])
    tell.log(`spark learns as ${application}: ${job.rows} rows of ${job.width} numbers`)
    let best: (SparkAnswer & { cost?: number }) | undefined
    for (const [i, step] of steps.entries()) {
      const answer = await learnStep({ client, session, host }, table, job, step, {
        ...work,
        number: 1000 * work.number + i,
      })
      if (!best || (answer.cost ?? 0) < (best.cost ?? 0)) best = answer
    }
    return {
      predictor: best!.predictor,
      ...(best!.iterations !== undefined && { iterations: best!.iterations }),
    }
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof SparkAwayError) throw new EngineLost(`spark went away: ${error.message}`)
    if (error instanceof SparkError || error instanceof NoSparkError) throw new TrainingError(error.message)
    throw error
  } finally {
    client?.close()
  }
}

/** The same for whoever takes the training up. */
const sessionOf = (trainingId: string) => trainingId
const stepOf = (trainingId: string, number: number) => {
  const hash = createHash('sha256').update(`${trainingId} ${number}`).digest('hex')
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`
}

type Spark = { client: SparkClient; session: SparkSession; host: SparkHost }

async function learnStep(spark: Spark, table: DataFrame, job: SparkJob, step: SparkStep, work: SparkWork) {
  const { className, params, reads } = step
  const name = className.split('.').at(-1)!
  const fit = {
    estimator: operatorOf({ kind: 'ESTIMATOR', className, uid: `${name}_${work.training.id}` }),
    params: mlParams(params),
    dataset: table.relation,
  }
  const { ml } = await beginOrTake(spark, { command: { ml_command: { fit } } }, work)
  const model = modelOf(spark.host, ml, params)
  const predictor = await readModel(reads, {
    model,
    target: job.target,
    async saveNodes() {
      const path = `trainings/${work.training.id}/${work.number}`
      await model.save(path, { overwrite: true })
      const data_source = { format: 'parquet', paths: [`${path}/data`] }
      return new DataFrame(spark.host, { read: { data_source } })
    },
  })
  const answer: SparkAnswer & { cost?: number } = { predictor }
  if (reads === 'clusters') {
    answer.cost = await model.get<number>('summary', 'trainingCost')
    answer.iterations = await model.get<number>('summary', 'numIter')
  }
  await model.delete()
  return answer
}

/** Begins an operation; one that a killed process had begun is taken up where it is. */
async function beginOrTake(
  { client, session }: Spark,
  plan: object,
  { training, number, tell }: SparkWork,
): Promise<Executed> {
  let operationId = stepOf(training.id, number)
  const state = await client.operationState(operationId).catch(() => 'UNKNOWN' as const)
  // An id is good for one operation.
  if (state !== 'UNKNOWN' && state !== 'RUNNING' && state !== 'SUCCEEDED') operationId = randomUUID()
  await tell.sparkIds({ sessionId: client.sessionId, operationId })
  if (state === 'RUNNING' || state === 'SUCCEEDED')
    try {
      const taken = await session.reattach(operationId)
      tell.log(`spark had gone on with operation ${operationId}: its result was taken`)
      return taken
    } catch (error) {
      // Its result was taken already, by whoever died before it was kept.
      if (!(error instanceof SparkError) || !error.condition?.startsWith('INVALID_HANDLE')) throw error
      operationId = randomUUID()
      await tell.sparkIds({ sessionId: client.sessionId, operationId })
    }
  return session.execute(plan as never, { operationId })
}

const rowsOfPart = 50_000

async function upload(host: SparkHost, { rows, width, values, target }: SparkJob): Promise<DataFrame> {
  const row = (i: number) => values.subarray(i * width, (i + 1) * width)
  const features = Array.from({ length: rows }, (_, i) => row(i))
  const names = ['numbers', ...(target ? ['label'] : [])]
  const columns = [features, ...(target ? [Float64Array.from(target.values)] : [])]
  const table = new DataFrame(host, await host.upload({ names, values: columns }))
  // Each pass over the rows costs a task for each part: few rows are one.
  const parts = Math.ceil(rows / rowsOfPart)
  const vector = functions.call('array_to_vector', 'numbers').as('features')
  return (target ? table.select(vector, col('label')) : table.select(vector)).coalesce(parts)
}

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
