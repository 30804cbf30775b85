import { createHash, randomUUID } from 'node:crypto'
import type { SparkClient } from '../../../lib/spark/client'
import { SparkError } from '../../../lib/spark/errors'
import type { Executed, SparkSession } from '../../../lib/spark/session'
import type { ClaimedTraining } from '../../../lib/training/claim'
import { DataFrame } from '../../sdk/spark/data-frame'
import type { SparkHost } from '../../sdk/spark/host'
import { mlParams } from '../../sdk/spark/ml/params'
import { modelOf, operatorOf } from '../../sdk/spark/ml/step'
import type { Telling } from '../engine'
import type { SparkAnswer, SparkJob } from './job'
import { readModel } from './read-model'
import type { SparkStep } from './steps'

/** An open session of Spark. */
export type Spark = { client: SparkClient; session: SparkSession; host: SparkHost }

export type StepWork = {
  training: Pick<ClaimedTraining, 'id'>
  tell: Pick<Telling, 'log' | 'sparkIds'>
  /** Of the training's operations. */
  number: number
}

/** Has one estimator learn from a table, which is asked for where the operation is not there yet, and reads its model. */
export async function learnStep(
  spark: Spark,
  table: () => Promise<DataFrame>,
  job: SparkJob,
  step: SparkStep,
  work: StepWork,
): Promise<SparkAnswer> {
  const { className, params, reads } = step
  const name = className.split('.').at(-1)!
  const plan = async () => {
    const fit = {
      estimator: operatorOf({ kind: 'ESTIMATOR', className, uid: `${name}_${work.training.id}` }),
      params: mlParams(params),
      dataset: (await table()).relation,
    }
    return { command: { ml_command: { fit } } }
  }
  const { ml } = await beginOrTake(spark, plan, work)
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
  const answer: SparkAnswer = { predictor }
  if (reads === 'clusters') {
    answer.cost = await model.get<number>('summary', 'trainingCost')
    answer.iterations = await model.get<number>('summary', 'numIter')
    answer.sizes = await model.get<number[]>('summary', 'clusterSizes')
  }
  await model.delete()
  return answer
}

/** Begins an operation; one that a killed process had begun is taken up where it is. */
async function beginOrTake(
  { client, session }: Spark,
  plan: () => Promise<object>,
  { training, number, tell }: StepWork,
): Promise<Executed> {
  let operationId = stepOf(training.id, number)
  const state = await client.operationState(operationId).catch(() => 'UNKNOWN' as const)
  if (state === 'RUNNING' || state === 'SUCCEEDED')
    try {
      await tell.sparkIds({ sessionId: client.sessionId, operationId })
      const taken = await session.reattach(operationId)
      tell.log(`spark had gone on with operation ${operationId}: its result was taken`)
      return taken
    } catch (error) {
      // Its result was taken already, by whoever died before it was kept.
      if (!(error instanceof SparkError) || !error.condition?.startsWith('INVALID_HANDLE')) throw error
    }
  // An id is good for one operation.
  if (state !== 'UNKNOWN') operationId = randomUUID()
  const begun = await plan()
  await tell.sparkIds({ sessionId: client.sessionId, operationId })
  return session.execute(begun as never, { operationId })
}

/** The same for whoever takes the training up. */
const stepOf = (trainingId: string, number: number) => {
  const hash = createHash('sha256').update(`${trainingId} ${number}`).digest('hex')
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`
}
