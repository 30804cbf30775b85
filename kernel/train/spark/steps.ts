import type { Parameters } from '../../../lib/protocol/training'
import { TrainingError } from '../../../lib/training/training-error'
import type { Params } from '../../sdk/spark/ml/params'
import type { SparkJob } from './job'

/** One of Spark's estimators, and what it is set to. */
export type SparkStep = {
  className: string
  params: Params
  reads: 'clusters' | 'logistic' | 'linear' | 'forest' | 'boosted'
}

const ml = 'org.apache.spark.ml'

/** Our parameters by Spark's names. Throws where Spark has no such algorithm. */
export function stepsOf({ algorithm, parameters, target }: SparkJob): SparkStep[] {
  const p = parameters as Record<string, number>
  const columns = { featuresCol: 'features', ...(target && { labelCol: 'label' }) }
  const isClass = target?.type === 'class'
  switch (algorithm) {
    case 'kmeans':
      return Array.from({ length: p.starts ?? 1 }, (_, start) => ({
        className: `${ml}.clustering.KMeans`,
        params: {
          ...columns,
          k: p.k,
          maxIter: p.iterations,
          tol: p.tolerance,
          seed: p.seed! + start,
          initMode: 'k-means||',
        },
        reads: 'clusters',
      }))
    case 'logistic_regression': {
      const family = target?.type === 'class' && target.classes.length > 2 ? 'multinomial' : 'binomial'
      return [
        {
          className: `${ml}.classification.LogisticRegression`,
          params: { ...columns, ...linear(parameters), family },
          reads: 'logistic',
        },
      ]
    }
    case 'linear_regression':
      return [
        {
          className: `${ml}.regression.LinearRegression`,
          params: { ...columns, ...linear(parameters) },
          reads: 'linear',
        },
      ]
    case 'random_forest': {
      const share = p.column_share
      const params = {
        ...columns,
        ...trees(parameters),
        numTrees: p.trees,
        featureSubsetStrategy: share ? String(share) : 'auto',
      }
      const name = isClass ? 'classification.RandomForestClassifier' : 'regression.RandomForestRegressor'
      return [{ className: `${ml}.${name}`, params, reads: 'forest' }]
    }
    case 'gradient_boosted_trees': {
      if (target?.type === 'class' && target.classes.length > 2)
        throw new TrainingError(
          `spark boosts trees for two classes only, and there are ${target.classes.length}; choose a random forest, or the local engine`,
        )
      const params = { ...columns, ...trees(parameters), maxIter: p.trees, stepSize: p.learning_rate }
      const name = isClass ? 'classification.GBTClassifier' : 'regression.GBTRegressor'
      return [{ className: `${ml}.${name}`, params, reads: 'boosted' }]
    }
    case 'dense_network':
      throw new TrainingError('spark trains no networks; choose the local engine')
  }
}

/** The rows are standardized before they come here. */
const linear = (parameters: Parameters): Params => ({
  regParam: parameters.regularization,
  elasticNetParam: parameters.elastic_net,
  maxIter: parameters.iterations,
  tol: parameters.tolerance,
  standardization: false,
})

const trees = (parameters: Parameters): Params => ({
  maxDepth: parameters.max_depth,
  minInstancesPerNode: parameters.min_rows,
  seed: parameters.seed,
})
