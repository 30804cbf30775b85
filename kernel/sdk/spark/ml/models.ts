import type { Model } from './step'

type Vector = number[]
type Matrix = number[][]

/** What each kind of model says of itself, beside `get`. */
const say = <Attributes extends object>(
  base: Model,
  attributes: (model: Model) => Attributes,
): Model & Attributes => Object.assign(base, attributes(base))

export const models = {
  plain: (base: Model) => base,
  kmeans: (base: Model) =>
    say(base, (model) => ({
      clusterCenters: () => model.get<Matrix>('clusterCenterMatrix'),
      /** The sum of squared distances to the nearest centre. */
      trainingCost: () => model.get<number>('summary', 'trainingCost'),
      clusterSizes: () => model.get<Vector>('summary', 'clusterSizes'),
      numIter: () => model.get<number>('summary', 'numIter'),
    })),
  logistic: (base: Model) =>
    say(base, (model) => ({
      /** One row for each class; of two classes one row, for the second. */
      coefficientMatrix: () => model.get<Matrix>('coefficientMatrix'),
      interceptVector: () => model.get<Vector>('interceptVector'),
      numClasses: () => model.get<number>('numClasses'),
      accuracy: () => model.get<number>('summary', 'accuracy'),
      objectiveHistory: () => model.get<Vector>('summary', 'objectiveHistory'),
    })),
  linear: (base: Model) =>
    say(base, (model) => ({
      coefficients: () => model.get<Vector>('coefficients'),
      intercept: () => model.get<number>('intercept'),
      rootMeanSquaredError: () => model.get<number>('summary', 'rootMeanSquaredError'),
      r2: () => model.get<number>('summary', 'r2'),
    })),
  trees: (base: Model) =>
    say(base, (model) => ({
      featureImportances: () => model.get<Vector>('featureImportances'),
      numTrees: () => model.get<number>('getNumTrees'),
      treeWeights: () => model.get<Vector>('treeWeights'),
      toDebugString: () => model.get<string>('toDebugString'),
    })),
  scaler: (base: Model) =>
    say(base, (model) => ({ mean: () => model.get<Vector>('mean'), std: () => model.get<Vector>('std') })),
  indexer: (base: Model) =>
    say(base, (model) => ({
      /** The texts, the most frequent first: their places are the numbers. */
      labels: async () => (await model.get<string[][]>('labelsArray'))[0] ?? [],
    })),
  encoder: (base: Model) =>
    say(base, (model) => ({ categorySizes: () => model.get<Vector>('categorySizes') })),
}
