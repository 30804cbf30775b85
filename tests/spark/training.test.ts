import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { mlParams } from '../../kernel/sdk/spark/ml/params'
import { compileOutputs } from '../../kernel/serve/model/trained/outputs'
import type { Target } from '../../kernel/train/data'
import { seededRandom } from '../../kernel/train/random'
import type { JobPart, SparkJob } from '../../kernel/train/spark/job'
import { openSparkLearner, type SparkWork } from '../../kernel/train/spark/learn'
import { remoteLearner } from '../../kernel/train/spark/remote-learner'
import { sweepTables } from '../../kernel/train/spark/sweep-tables'
import { tableOf, tablesPattern } from '../../kernel/train/spark/tables'
import { killedWhile, sparkOf, startMs, startSpark, type TestSpark } from '../support/spark'

let server: TestSpark
beforeAll(async () => {
  server = await startSpark()
}, startMs)

const rows = 200
const width = 3
const random = seededRandom(5)
const values = Float64Array.from({ length: rows * width }, random)
const row = (i: number) => values.subarray(i * width, (i + 1) * width)
const sums = Array.from({ length: rows }, (_, i) => row(i)[0]! * 2 - row(i)[1]! + 0.1 * random())
const two = {
  type: 'class',
  classes: ['no', 'yes'],
  values: Int32Array.from(sums, (sum) => (sum > 0.5 ? 1 : 0)),
} as const
const three = {
  type: 'class',
  classes: [1, 2, 3],
  values: Int32Array.from(sums, (sum) => Math.min(2, Math.max(0, Math.ceil(sum)))),
} as const
const number = { type: 'number', values: Float64Array.from(sums) } as const
const linear = { regularization: 0.01, elastic_net: 0.5, iterations: 30, tolerance: 1e-6 }
const trees = { trees: 4, max_depth: 4, min_rows: 2, column_share: 0, seed: 3, learning_rate: 0.3 }

/** Two parts, of 120 rows and of the others. */
async function* partsOf(target: Target | null): AsyncGenerator<JobPart, void, undefined> {
  const part = (from: number, to: number) => ({
    values: values.subarray(from * width, to * width),
    target: target && Float64Array.from(target.values.subarray(from, to)),
  })
  yield part(0, 120)
  yield part(120, rows)
}

type Asked = Pick<SparkJob, 'algorithm' | 'parameters'> & { target: Target | null }

const workOf = (log: string[], given: Partial<SparkWork> = {}): SparkWork => ({
  training: { id: randomUUID(), sparkSessionId: null, attempts: 1 },
  tell: { log: (line) => void log.push(line), progress: () => {}, sparkIds: async () => {} },
  signal: new AbortController().signal,
  ...given,
})

async function learn({ target, ...job }: Asked, work: SparkWork = workOf([])) {
  const learner = openSparkLearner(() => server.remote, work)
  try {
    return await learner.learn({ ...job, target, rows, width }, 0, () => partsOf(target))
  } finally {
    await learner.close()
  }
}

test.each<[string, Asked, string, Record<string, unknown>]>([
  [
    'logistic regression of two classes',
    { algorithm: 'logistic_regression', parameters: linear, target: two },
    'LogisticRegression',
    {
      regParam: 0.01,
      elasticNetParam: 0.5,
      maxIter: 30,
      tol: 1e-6,
      standardization: false,
      family: 'binomial',
    },
  ],
  [
    'logistic regression of three',
    { algorithm: 'logistic_regression', parameters: linear, target: three },
    'LogisticRegression',
    {
      regParam: 0.01,
      elasticNetParam: 0.5,
      maxIter: 30,
      tol: 1e-6,
      standardization: false,
      family: 'multinomial',
    },
  ],
  [
    'linear regression',
    { algorithm: 'linear_regression', parameters: linear, target: number },
    'LinearRegression',
    { regParam: 0.01, elasticNetParam: 0.5, maxIter: 30, tol: 1e-6, standardization: false },
  ],
  [
    'a forest of classes',
    { algorithm: 'random_forest', parameters: trees, target: three },
    'RandomForestClassifier',
    { numTrees: 4, maxDepth: 4, minInstancesPerNode: 2, seed: 3, featureSubsetStrategy: 'auto' },
  ],
  [
    'boosted trees of two classes',
    { algorithm: 'gradient_boosted_trees', parameters: trees, target: two },
    'GBTClassifier',
    { maxIter: 4, maxDepth: 4, minInstancesPerNode: 2, seed: 3, stepSize: 0.3 },
  ],
])('%s, read back, says what Spark’s own transform says, to 1e-6', async (_, job, name, params) => {
  const log: string[] = []
  const { predictor } = await learn(job, workOf(log))
  expect(log).toEqual([`spark learns as ${server.state.applicationId}: 200 rows of 3 numbers`])
  const { spark, close } = sparkOf(server.remote)
  const table = await spark.createDataFrame({
    numbers: Array.from({ length: rows }, (_, i) => row(i)),
    label: Float64Array.from(job.target!.values),
  } as never)
  const vector = spark.functions.call('array_to_vector', 'numbers').as('features')
  const data = table.select(vector, 'label' as never).coalesce(1)
  const { ml } = spark
  const fit = ml[name as 'LogisticRegression'](params as never).fit(data)
  const answered = (await fit).transform(data)
  const said = job.target!.type === 'class' ? 'probability' : 'prediction'
  const theirs = (await answered.select(said).collect()).map((each) =>
    [each[said]].flatMap((value) => (typeof value === 'number' ? [value] : [...value])),
  )
  const outputs = compileOutputs(predictor)
  const farthest = theirs.reduce((most, their, i) => {
    const ours = outputs(row(i))
    return Math.max(most, ...their.map((value, j) => Math.abs(value - ours[j]!)))
  }, 0)
  expect(theirs.length).toBe(rows)
  expect(farthest).toBeLessThan(1e-6)
  await close()
})

test('clusters are what Spark found; what spark cannot train is said', async () => {
  const ask = (job: SparkJob) => learn({ ...job, target: null })
  const matrix = { rows, width, values, names: ['a', 'b', 'c'] }
  const parameters = {
    k: 2,
    start: 'k-means||',
    starts: 1,
    iterations: 20,
    tolerance: 1e-4,
    seed: 1,
  } as const
  const found = await remoteLearner(ask).clusters(matrix, parameters, { step: async () => {}, log: () => {} })
  expect(found.sizes.reduce((sum, size) => sum + size, 0)).toBe(rows)
  expect(found.centers.length).toBe(2 * width)
  const job = { target: three }
  await expect(learn({ ...job, algorithm: 'gradient_boosted_trees', parameters: trees })).rejects.toThrow(
    'spark boosts trees for two classes only, and there are 3; choose a random forest, or the local engine',
  )
  await expect(learn({ ...job, algorithm: 'dense_network', parameters: {} })).rejects.toThrow(
    'spark trains no networks; choose the local engine',
  )
})

test('a training whose process was killed is taken up: the result of the operation that went on is taken', async () => {
  const training = { id: randomUUID(), sparkSessionId: null as string | null, attempts: 1 }
  const job: Asked = { algorithm: 'linear_regression', parameters: linear, target: number }
  const ids: { sessionId: string; operationId: string }[] = []
  const log: string[] = []
  const work = (die?: Error) =>
    workOf(log, {
      training,
      tell: {
        log: (line) => void log.push(line),
        progress: () => {},
        sparkIds: async (each) => {
          ids.push(each)
          if (die) throw die
        },
      },
    })
  // What is to be begun stands on the row before Spark hears of it.
  await expect(learn(job, work(new Error('stored')))).rejects.toThrow('stored')
  const { sessionId, operationId } = ids[0]!
  // Another process begins it, of data of which it must be known again, and is killed.
  const dataset = {
    ml_relation: {
      transform: {
        transformer: {
          name: 'org.apache.spark.ml.feature.VectorAssembler',
          uid: 'va',
          type: 'OPERATOR_TYPE_TRANSFORMER',
        },
        params: mlParams({ inputCols: ['x'], outputCol: 'features' }),
        input: { sql: { query: 'SELECT id * 1.0D AS x, id * 3.0D + 1 AS label FROM range(1000)' } },
      },
    },
  }
  const estimator = {
    name: 'org.apache.spark.ml.regression.LinearRegression',
    uid: 'lr',
    type: 'OPERATOR_TYPE_ESTIMATOR',
  }
  await killedWhile({
    remote: server.remote,
    sessionId,
    operationId,
    plan: { command: { ml_command: { fit: { estimator, params: mlParams({}), dataset } } } },
  })
  training.sparkSessionId = sessionId
  const { predictor } = await learn(job, work())
  expect(ids[1]).toEqual(ids[0])
  expect(log.at(-1)).toBe(`spark had gone on with operation ${operationId}: its result was taken`)
  expect(predictor.kind === 'linear' && predictor.coefficients[0]![0]).toBeCloseTo(3, 6)
})

const clusters = { k: 3, start: 'k-means||', starts: 1, iterations: 30, tolerance: 1e-6, seed: 1 } as const

/** What Spark keeps of trainings: names of tables, and of their folders. */
async function left() {
  const { spark, close } = sparkOf(server.remote)
  const tables = await (await spark.sql(`SHOW TABLES LIKE '${tablesPattern}'`)).collect()
  await close()
  const folders = await readdir(path.join(server.files, 'warehouse')).catch(() => [])
  return { tables, folders: folders.filter((name) => name.startsWith('cellar_training_')) }
}

test('rows that are written as a table give the same model as those that a session holds, and leave nothing', async () => {
  for (const job of [
    { algorithm: 'linear_regression', parameters: linear, target: number },
    { algorithm: 'logistic_regression', parameters: linear, target: two },
  ] satisfies Asked[]) {
    const [log, held] = [[] as string[], await learn(job)]
    const work = workOf(log, { heldBytes: 0 })
    expect(rounded(await learn(job, work))).toEqual(rounded(held))
    const table = `cellar_training_${work.training.id.replaceAll('-', '_')}_1`
    expect(log[1]).toMatch(
      new RegExp(`^200 rows were written to spark, as the table ${table}, in \\d+\\.\\d s$`),
    )
  }
  expect(await left()).toEqual({ tables: [], folders: [] })
})

const rounded = (answer: object) =>
  JSON.parse(
    JSON.stringify(answer, (_, value) => (typeof value === 'number' ? Number(value.toFixed(6)) : value)),
  )

test('killed while it wrote rows, a training writes them again: none comes twice, and nothing is left', async () => {
  const training = { id: randomUUID(), sparkSessionId: null, attempts: 1 }
  const table = tableOf(training.id, 1)
  const { spark, close } = sparkOf(server.remote)
  await spark.sql(`CREATE TABLE ${table} (numbers ARRAY<DOUBLE>) USING parquet`)
  await close()
  const query =
    'SELECT array(id * 1.0D, 2.0D, 3.0D) AS numbers FROM range(2000000) WHERE length(sha2(string(id), 512)) = 128'
  await killedWhile({
    remote: server.remote,
    sessionId: training.id,
    operationId: randomUUID(),
    plan: {
      command: {
        write_operation: {
          input: { sql: { query } },
          mode: 'SAVE_MODE_APPEND',
          table: { table_name: table, save_method: 'TABLE_SAVE_METHOD_INSERT_INTO' },
        },
      },
    },
  })
  const work = workOf([], { training: { ...training, attempts: 2 }, heldBytes: 0 })
  const answer = await learn({ algorithm: 'kmeans', parameters: clusters, target: null }, work)
  expect(answer.sizes!.reduce((sum, size) => sum + size, 0)).toBe(rows)
  expect(await left()).toEqual({ tables: [], folders: [] })
})

test('a training that is cancelled while its rows are written leaves nothing', async () => {
  const abort = new AbortController()
  const learner = openSparkLearner(() => server.remote, workOf([], { heldBytes: 0, signal: abort.signal }))
  async function* parts() {
    yield* partsOf(null)
    abort.abort(new Error('cancelled'))
    yield* partsOf(null)
  }
  const job = { algorithm: 'kmeans', parameters: clusters, target: null, rows: 2 * rows, width } as const
  await expect(learner.learn(job, 0, parts)).rejects.toThrow('cancelled')
  await learner.close()
  expect(await left()).toEqual({ tables: [], folders: [] })
})

test('tables of trainings that have ended are dropped, others are left alone', async () => {
  const [ended, running, foreign] = [randomUUID(), randomUUID(), randomUUID()]
  const { spark, session, close } = sparkOf(server.remote)
  for (const id of [ended, running, foreign])
    await spark.sql(`CREATE TABLE ${tableOf(id, 1)} (numbers ARRAY<DOUBLE>) USING parquet`)
  const isOver = async (ids: string[]) => ids.filter((id) => id === ended)
  expect(await sweepTables(session, isOver)).toEqual([tableOf(ended, 1)])
  const names = (await left()).tables.map((each) => each.tableName)
  expect(names.sort()).toEqual([tableOf(running, 1), tableOf(foreign, 1)].sort())
  for (const name of names) await spark.sql(`DROP TABLE ${name} PURGE`)
  await close()
})
