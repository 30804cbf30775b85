import type { SparkHost } from '../host'
import { type CrossValidatorOptions, crossValidator } from './cross-validator'
import { evaluator } from './evaluators'
import { models } from './models'
import type { Params } from './params'
import { pipeline, pipelineModel, type Stage } from './pipeline'
import { readMetadata, stagePath } from './saved'
import {
  type Estimator,
  estimator,
  type Model,
  mlCommand,
  modelOf,
  operatorOf,
  type Transformer,
  transformer,
} from './step'

/** Names of columns that learning reads and writes. */
type Learning = {
  featuresCol?: string
  predictionCol?: string
  labelCol?: string
  probabilityCol?: string
  rawPredictionCol?: string
  weightCol?: string
}
type Trees = Learning & {
  maxDepth?: number
  maxBins?: number
  seed?: number
  subsamplingRate?: number
  minInstancesPerNode?: number
  impurity?: string
  featureSubsetStrategy?: string
}
type Linear = Learning & {
  maxIter?: number
  regParam?: number
  elasticNetParam?: number
  tol?: number
  fitIntercept?: boolean
  standardization?: boolean
}
type Columns = {
  inputCol?: string
  outputCol?: string
  inputCols?: readonly string[]
  outputCols?: readonly string[]
  handleInvalid?: 'error' | 'skip' | 'keep'
}

const ml = 'org.apache.spark.ml'
/** Of each class of models, what it says of itself. */
const kinds: Record<string, (base: Model) => Model> = {
  [`${ml}.clustering.KMeansModel`]: models.kmeans,
  [`${ml}.classification.LogisticRegressionModel`]: models.logistic,
  [`${ml}.regression.LinearRegressionModel`]: models.linear,
  [`${ml}.classification.RandomForestClassificationModel`]: models.trees,
  [`${ml}.classification.GBTClassificationModel`]: models.trees,
  [`${ml}.feature.StandardScalerModel`]: models.scaler,
  [`${ml}.feature.StringIndexerModel`]: models.indexer,
  [`${ml}.feature.OneHotEncoderModel`]: models.encoder,
}

/** Spark ML: steps are set by Spark's own names of its parameters. */
export const createMl = (host: SparkHost) => ({
  /** Columns of numbers as one column of vectors, which what learns reads. */
  VectorAssembler: (params: {
    inputCols: readonly string[]
    outputCol: string
    handleInvalid?: 'error' | 'skip' | 'keep'
  }) => transformer(host, `${ml}.feature.VectorAssembler`, params),
  StandardScaler: (params: { inputCol: string; outputCol: string; withMean?: boolean; withStd?: boolean }) =>
    estimator(host, `${ml}.feature.StandardScaler`, params, models.scaler),
  /** Texts as numbers: the most frequent is 0. */
  StringIndexer: (params: Columns & { stringOrderType?: string }) =>
    estimator(host, `${ml}.feature.StringIndexer`, params, models.indexer),
  OneHotEncoder: (
    params: Omit<Columns, 'handleInvalid'> & { dropLast?: boolean; handleInvalid?: 'error' | 'keep' },
  ) => estimator(host, `${ml}.feature.OneHotEncoder`, params, models.encoder),
  KMeans: (
    params: Learning & {
      k?: number
      seed?: number
      maxIter?: number
      tol?: number
      initMode?: 'k-means||' | 'random'
      initSteps?: number
      distanceMeasure?: 'euclidean' | 'cosine'
    } = {},
  ) => estimator(host, `${ml}.clustering.KMeans`, params, models.kmeans),
  LogisticRegression: (
    params: Linear & { family?: 'auto' | 'binomial' | 'multinomial'; threshold?: number } = {},
  ) => estimator(host, `${ml}.classification.LogisticRegression`, params, models.logistic),
  RandomForestClassifier: (params: Trees & { numTrees?: number } = {}) =>
    estimator(host, `${ml}.classification.RandomForestClassifier`, params, models.trees),
  GBTClassifier: (params: Trees & { maxIter?: number; stepSize?: number } = {}) =>
    estimator(host, `${ml}.classification.GBTClassifier`, params, models.trees),
  LinearRegression: (
    params: Linear & { solver?: 'auto' | 'normal' | 'l-bfgs'; loss?: 'squaredError' | 'huber' } = {},
  ) => estimator(host, `${ml}.regression.LinearRegression`, params, models.linear),
  Pipeline: ({ stages }: { stages: readonly Stage[] }) => pipeline(host, stages),
  /** `silhouette`. */
  ClusteringEvaluator: (params: Params = {}) => evaluator(host, 'ClusteringEvaluator', 'silhouette', params),
  /** `f1`; or `metricName`: `accuracy`, `weightedPrecision`, `logLoss`, … */
  MulticlassClassificationEvaluator: (params: Params = {}) =>
    evaluator(host, 'MulticlassClassificationEvaluator', 'f1', params),
  /** `areaUnderROC`, or `areaUnderPR`. */
  BinaryClassificationEvaluator: (params: Params = {}) =>
    evaluator(host, 'BinaryClassificationEvaluator', 'areaUnderROC', params),
  /** `rmse`; or `metricName`: `mse`, `mae`, `r2`. */
  RegressionEvaluator: (params: Params = {}) => evaluator(host, 'RegressionEvaluator', 'rmse', params),
  /** Tries the combinations of `grid` by folds; of a pipeline it sets the last step that learns. */
  CrossValidator: <Fitted extends Transformer>(options: CrossValidatorOptions<Fitted>) =>
    crossValidator(options),
  /** What `save` has written: a model, a step, or a pipeline of them. */
  load: (path: string) => load(host, path),
})

async function load(host: SparkHost, path: string): Promise<Transformer & Partial<Estimator>> {
  const { class: className, uid, paramMap } = await readMetadata(host, path)
  if (className === `${ml}.Pipeline` || className === `${ml}.PipelineModel`) {
    const uids = paramMap.stageUids as string[]
    const stages: (Transformer & Partial<Estimator>)[] = []
    for (const [i, stageUid] of uids.entries())
      stages.push(await load(host, stagePath(path, i, uids.length, stageUid)))
    if (className.endsWith('PipelineModel')) return pipelineModel(host, stages, uid)
    return pipeline(host, stages, uid) as unknown as Transformer & Estimator
  }
  const params = paramMap as Params
  if (className.endsWith('Model')) {
    const operator = operatorOf({ kind: 'MODEL', className, uid })
    const { ml: answer } = await mlCommand(host, { read: { operator, path } })
    return (kinds[className] ?? models.plain)(modelOf(host, answer, params))
  }
  if (className === `${ml}.feature.VectorAssembler`) return transformer(host, className, params, uid)
  const model = kinds[`${className.replace(/Classifier$/, 'Classification')}Model`] ?? models.plain
  return estimator(host, className, params, model, uid) as unknown as Transformer & Estimator
}
