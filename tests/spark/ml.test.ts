import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DataFrame } from '../../kernel/sdk/spark'
import { root } from '../support/paths'
import { sparkOf, startMs, startSpark, type TestSpark } from '../support/spark'

const lengths = ['sepal_length', 'sepal_width', 'petal_length', 'petal_width']

let server: TestSpark
let mine: ReturnType<typeof sparkOf>
let iris: DataFrame
beforeAll(async () => {
  server = await startSpark()
  mine = sparkOf(server.remote)
  const read = mine.spark.read.option('header', true).option('inferSchema', true)
  const table = read.csv(path.join(root, 'notebooks/data/iris.csv'))
  iris = await mine.spark.ml
    .VectorAssembler({ inputCols: lengths, outputCol: 'features' })
    .transform(table)
    .coalesce(1)
    .persist()
}, startMs)
afterAll(() => mine?.close())

const rounded = (values: number[], digits = 3) => values.map((value) => Number(value.toFixed(digits)))

test('k-means of iris costs what it costs everywhere, and Spark’s own application found it', async () => {
  const { KMeans, ClusteringEvaluator } = mine.spark.ml
  const model = await KMeans({ k: 3, seed: 1, maxIter: 20 }).fit(iris)
  expect(Math.abs((await model.trainingCost()) - 78.85)).toBeLessThan(0.02)
  expect((await model.clusterSizes()).toSorted((a, b) => a - b)).toEqual([38, 50, 62])
  expect(
    (await model.clusterCenters()).map((center) => rounded(center)).toSorted((a, b) => a[0]! - b[0]!),
  ).toEqual([
    [5.006, 3.428, 1.462, 0.246],
    [5.902, 2.748, 4.394, 1.434],
    [6.85, 3.074, 5.742, 2.071],
  ])
  const silhouette = await ClusteringEvaluator().evaluate(model.transform(iris))
  expect(silhouette).toBeCloseTo(0.7357, 3)
  expect(await mine.spark.applicationId).toBe(server.state.applicationId)
  expect(mine.stages.length).toBeGreaterThan(0)
})

test('a pipeline indexes, encodes, scales and classifies; saved and loaded it answers the same', async () => {
  const { ml } = mine.spark
  const sized = iris.withColumn(
    'size',
    mine.spark.functions.when(mine.spark.col('sepal_length').gt(5.8), 'large').otherwise('small'),
  )
  const pipeline = ml.Pipeline({
    stages: [
      ml.StringIndexer({ inputCol: 'species', outputCol: 'label', stringOrderType: 'alphabetAsc' }),
      ml.StringIndexer({ inputCol: 'size', outputCol: 'sizeIndex' }),
      ml.OneHotEncoder({ inputCols: ['sizeIndex'], outputCols: ['sizeVector'] }),
      ml.StandardScaler({ inputCol: 'features', outputCol: 'scaled', withMean: true, withStd: true }),
      ml.VectorAssembler({ inputCols: ['scaled', 'sizeVector'], outputCol: 'all' }),
      ml.LogisticRegression({ featuresCol: 'all', maxIter: 15, regParam: 0.01 }),
    ],
  })
  const model = await pipeline.fit(sized)
  const accuracy = ml.MulticlassClassificationEvaluator({ metricName: 'accuracy' })
  const before = await accuracy.evaluate(model.transform(sized))
  await model.save('species-model', { overwrite: true })
  const loaded = await ml.load('species-model')
  const rows = (answered: DataFrame) => answered.select('prediction', 'probability').collect()
  expect(before).toBeGreaterThan(0.94)
  expect(await rows(loaded.transform(sized))).toEqual(await rows(model.transform(sized)))
  // It was there: a second one is not written over it by accident.
  await expect(model.save('species-model')).rejects.toThrow(/already exists/i)
})

test('trees and boosted trees say what they are made of', async () => {
  const { ml, col, functions } = mine.spark
  const two = iris.withColumn('label', functions.when(col('species').eq('virginica'), 1).otherwise(0))
  const forest = await ml.RandomForestClassifier({ numTrees: 5, maxDepth: 3, seed: 7 }).fit(two)
  const boosted = await ml.GBTClassifier({ maxIter: 3, maxDepth: 2, seed: 7 }).fit(two)
  const area = ml.BinaryClassificationEvaluator()
  expect([await forest.numTrees(), await boosted.numTrees()]).toEqual([5, 3])
  expect(await boosted.treeWeights()).toEqual([1, 0.1, 0.1])
  expect(await forest.toDebugString()).toContain('Tree 4 (weight 1.0)')
  expect(rounded([(await forest.featureImportances()).reduce((sum, each) => sum + each, 0)])).toEqual([1])
  expect(await area.evaluate(forest.transform(two))).toBeGreaterThan(0.97)
  expect(await area.evaluate(boosted.transform(two))).toBeGreaterThan(0.97)
})

test('a grid is tried by folds, and the best of it learned again from all rows', async () => {
  const { ml } = mine.spark
  const features = ml.VectorAssembler({ inputCols: lengths.slice(0, 3), outputCol: 'three' }).transform(iris)
  const { bestModel, bestParams, results } = await ml
    .CrossValidator({
      estimator: ml.LinearRegression({ featuresCol: 'three', labelCol: 'petal_width' }),
      evaluator: ml.RegressionEvaluator({ labelCol: 'petal_width' }),
      grid: { regParam: [5, 0] },
      numFolds: 2,
    })
    .fit(features)
  expect(bestParams).toEqual({ regParam: 0 })
  expect(results.map(({ params }) => params)).toEqual([{ regParam: 5 }, { regParam: 0 }])
  expect(results[0]!.metric).toBeGreaterThan(results[1]!.metric)
  expect(rounded([await bestModel.intercept(), ...(await bestModel.coefficients())])).toEqual([
    -0.24, -0.207, 0.223, 0.524,
  ])
})

test('what Spark refuses is said in its first line', async () => {
  const { ml } = mine.spark
  await expect(ml.KMeans({ k: 1 }).fit(iris)).rejects.toThrow(/k.*1/i)
  await expect(ml.KMeans({ featuresCol: 'nope' }).fit(iris)).rejects.toThrow(/FIELD_NOT_FOUND.*nope/)
  await expect(ml.load('nowhere')).rejects.toThrow(/PATH_NOT_FOUND/)
})
