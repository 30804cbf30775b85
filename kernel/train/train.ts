import type { Reference } from '../../lib/protocol/reference'
import { referenceOf } from '../../lib/protocol/reference'
import type { RecordSchema } from '../../lib/protocol/schema'
import type { AlgorithmName, Parameters } from '../../lib/protocol/training'
import type { TrainingResult } from '../../lib/protocol/training-result'
import { modelFormat, type PredictorFormat, type TrainedModel } from '../../lib/training/model-format'
import { TrainingError } from '../../lib/training/training-error'
import type { Outputs } from '../serve/model/trained/link'
import { compileOutputs } from '../serve/model/trained/outputs'
import { trainedPredictor } from '../serve/model/trained/predictor'
import { type BoostingParameters, gradientBoostedTrees } from './algorithms/gradient-boosted-trees'
import { kmeans } from './algorithms/kmeans'
import { type LinearParameters, linearRegression } from './algorithms/linear-regression'
import { logisticRegression } from './algorithms/logistic-regression'
import { type ForestParameters, randomForest } from './algorithms/random-forest'
import type { Matrix, Target } from './data'
import { recordsOf, schemaOf } from './describe-model'
import { importanceOf } from './importance'
import type { Known, Learner } from './learner'
import { classMetrics, confusionOf, rocOf } from './metrics/classes'
import { numberMetrics } from './metrics/numbers'
import {
  type PreparedClusters,
  type PreparedTarget,
  prepareClusters,
  prepareTarget,
  type TrainingTask,
} from './prepare'
import type { Progress } from './progress'
import { sample, seededRandom } from './random'
import { trainClusters } from './train-clusters'

/** What came of a training: the model, what its page shows, and what a version of it needs. */
export type Trained = {
  model: TrainedModel
  result: TrainingResult
  schema: RecordSchema
  /** Rows as records, and what the model says of them. */
  selfTest: { records: unknown[]; predictions: unknown[] }
  reference: Reference
}

/** Records that a version is tried with, and those that its measure of drift is taken from. */
const testRecords = 10
const referenceRecords = 1000

/** Trains a model of a table. Throws `TrainingError` where the data or the parameters allow none. */
export async function train(
  task: TrainingTask,
  progress: Progress,
  learner: Learner = localLearner,
): Promise<Trained> {
  if (task.data.rows === 0) throw noRows()
  return task.algorithm === 'kmeans'
    ? trainPrepared(task, prepareClusters(task), progress, learner)
    : trainPrepared(task, prepareTarget(task), progress, learner)
}

export const noRows = () => new TrainingError('the data set has no rows: add some, or choose another version')

/** Has a model learned of rows that are numbers, and measures it. */
export async function trainPrepared(
  wish: Pick<TrainingTask, 'algorithm' | 'parameters'>,
  prepared: PreparedClusters | PreparedTarget,
  progress: Progress,
  learner: Learner,
): Promise<Trained> {
  const { data, facts } = prepared
  const { model, result } =
    'known' in prepared
      ? await trainTarget(wish, prepared, progress, learner)
      : await trainClusters(wish, prepared, progress, learner)
  for (const note of result.notes) progress.log(note)
  const schema = schemaOf(model, facts)
  const random = seededRandom(3)
  const records = recordsOf(model, data, sample(data.rows, referenceRecords, random))
  const predictions = await trainedPredictor(model)(records)
  return {
    model,
    result,
    schema,
    selfTest: { records: records.slice(0, testRecords), predictions: predictions.slice(0, testRecords) },
    reference: referenceOf(schema, records, predictions),
  }
}

async function trainTarget(
  { algorithm, parameters }: Pick<TrainingTask, 'algorithm' | 'parameters'>,
  { fit, total, column, known, tested, counts, notes }: PreparedTarget,
  progress: Progress,
  learner: Learner,
) {
  const { target } = known
  progress.log(
    `${counts.train} rows to learn from, ${counts.test} to test with; ${known.matrix.width} numbers for each`,
  )
  const predictor = await learner.predictor(algorithm, known, parameters, progress)
  const model: TrainedModel = {
    format: modelFormat,
    algorithm,
    features: fit.features,
    scaling: fit.scaling,
    target:
      target.type === 'number'
        ? { column, type: 'number' }
        : { column, type: 'class', classes: [...target.classes] },
    predictor,
  }
  const outputs = compileOutputs(predictor)
  const { matrix, truth } = tested
  const result: TrainingResult = {
    rows: { total, ...counts },
    notes: [
      ...notes,
      ...fit.notes,
      ...(counts.test === 0
        ? ['no rows were kept for the test: the metrics are of rows that it has learned']
        : []),
    ],
    history: [],
    ...measure(matrix, truth, outputs),
    importance: importanceOf(matrix, truth, fit.features, outputs),
    ...(predictor.kind === 'linear' && {
      coefficients: coefficientsOf(predictor, known.matrix.names, target),
    }),
  }
  return { model, result }
}

const localLearner: Learner = { predictor: learn, clusters: kmeans }

/** Runs an algorithm. Its parameters were checked where they came in. */
async function learn(
  algorithm: AlgorithmName,
  { matrix, target, categories }: Known,
  parameters: Parameters,
  progress: Progress,
): Promise<PredictorFormat> {
  switch (algorithm) {
    case 'linear_regression':
      return linearRegression(matrix, ofNumbers(target), parameters as LinearParameters, progress)
    case 'logistic_regression':
      return logisticRegression(matrix, ofClasses(target), parameters as LinearParameters, progress)
    case 'random_forest':
      return randomForest(matrix, target, categories, parameters as ForestParameters, progress)
    case 'gradient_boosted_trees':
      return gradientBoostedTrees(matrix, target, categories, parameters as BoostingParameters, progress)
    case 'dense_network': {
      // TensorFlow is loaded for what needs it alone.
      const { denseNetwork } = await import('./algorithms/dense-network')
      return denseNetwork(matrix, target, parameters as never, progress)
    }
    case 'kmeans':
      throw new Error('clusters have no target')
  }
}

function ofNumbers(target: Target) {
  if (target.type === 'number') return target
  throw new Error('expected numbers')
}

function ofClasses(target: Target) {
  if (target.type === 'class') return target
  throw new Error('expected classes')
}

const residualPoints = 2000

function measure({ rows, width, values }: Matrix, target: Target, outputs: Outputs) {
  const said = Array.from({ length: rows }, (_, i) => outputs(values.subarray(i * width, (i + 1) * width)))
  if (target.type === 'number') {
    const predicted = Float64Array.from(said, ([value]) => value!)
    const chosen = sample(rows, residualPoints, seededRandom(5))
    return {
      metrics: numberMetrics(target.values, predicted),
      residuals: {
        predicted: Array.from(chosen, (row) => predicted[row]!),
        actual: Array.from(chosen, (row) => target.values[row]!),
        of: rows,
      },
    }
  }
  const classes = target.classes.length
  const probabilities = new Float64Array(rows * classes)
  for (const [i, each] of said.entries()) probabilities.set(each, i * classes)
  const told = { labels: target.values, probabilities, classes }
  return {
    metrics: classMetrics(told),
    confusion: { classes: [...target.classes], counts: confusionOf(told) },
    ...(classes === 2 && { roc: rocOf(told) }),
  }
}

const mostCoefficients = 500

function coefficientsOf(
  { coefficients, intercepts }: Extract<PredictorFormat, { kind: 'linear' }>,
  names: string[],
  target: Target,
): TrainingResult['coefficients'] {
  const outputs =
    target.type === 'number'
      ? ['coefficient']
      : coefficients.length === 1
        ? [String(target.classes[1])]
        : target.classes.map(String)
  const rows = names.map((name, j) => ({ name, values: coefficients.map((each) => each[j]!) }))
  return {
    outputs,
    rows: [{ name: '(intercept)', values: intercepts }, ...rows.slice(0, mostCoefficients)],
  }
}
