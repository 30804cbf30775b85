import { expect, test } from 'vitest'
import { iterate, kmeans } from '../../../kernel/train/algorithms/kmeans'
import { fitFeatures } from '../../../kernel/train/fit-features'
import { openLloyd } from '../../../kernel/train/lloyd/lloyd'
import { noProgress } from '../../../kernel/train/progress'
import { seededRandom } from '../../../kernel/train/random'
import { train } from '../../../kernel/train/train'
import { parametersSchema } from '../../../lib/training/algorithms'
import { iris, irisNames, numberColumn } from './iris'

const parameters = (given: object) => parametersSchema('kmeans').parse(given)

const clusters = (given: object, data = iris(irisNames)) =>
  train({ algorithm: 'kmeans', parameters: parameters(given), data, target: null }, noProgress)

test('three clusters of iris cost what scikit-learn and Spark say', async () => {
  const { result } = await clusters({ k: 3 })
  const { cost, sizes, silhouette } = result.clusters!
  expect(Math.abs(cost - 78.85)).toBeLessThan(0.02)
  expect(sizes.toSorted((a, b) => a - b)).toEqual([38, 50, 62])
  // scikit-learn's silhouette_score of all rows.
  expect(silhouette.rows).toBe(150)
  expect(silhouette.value).toBeCloseTo(0.5528190123564095, 3)
})

test('k-means|| finds the same clusters', async () => {
  const { result } = await clusters({ k: 3, start: 'k-means||' })
  expect(Math.abs(result.clusters!.cost - 78.85)).toBeLessThan(0.02)
})

test('scaled columns give the clusters of scaled columns, with centres in the units of the data', async () => {
  const { result, model } = await clusters({ k: 3, standardize: true, starts: 10 })
  // scikit-learn: KMeans(3, n_init=10) of StandardScaler's columns.
  expect(result.clusters!.cost).toBeCloseTo(139.82049635974982, 1)
  expect(model.scaling!.shift[0]).toBeCloseTo(5.843333, 5)
  for (const [length] of result.clusters!.centers.values) {
    expect(length).toBeGreaterThan(4.5)
    expect(length).toBeLessThan(7.5)
  }
})

test('the same seed gives the same clusters on any number of threads', async () => {
  const random = seededRandom(1)
  const values = Float64Array.from({ length: 30_003 * 3 }, random)
  const run = async (threads: number) => {
    const lloyd = await openLloyd(values, 3, 5, threads)
    const found = await iterate(
      lloyd,
      values.slice(0, 15),
      { k: 5, iterations: 10, tolerance: 0 },
      async () => {},
    )
    lloyd.close()
    return found
  }
  const [one, three] = [await run(1), await run(3)]
  expect(three).toEqual(one)
  expect(one.sizes.reduce((sum, size) => sum + size, 0)).toBe(30_003)
})

test('the elbow has a cost for each k', async () => {
  const { result } = await clusters({ k: 3, elbow_to: 5 })
  const { elbow } = result.clusters!
  expect(elbow.map(({ k }) => k)).toEqual([2, 3, 4, 5])
  // scikit-learn: 152.35, 78.85, 57.23, 46.45
  expect(elbow.map(({ cost }) => Math.round(cost))).toEqual([152, 79, 57, 46])
})

test('more clusters than rows are refused, with both numbers', async () => {
  await expect(clusters({ k: 151 })).rejects.toThrow(
    'there are more clusters than rows: k is 151, rows are 150; choose a smaller k',
  )
})

test('fewer different rows than clusters leave clusters empty, and it says so', async () => {
  const data = { rows: 6, columns: [numberColumn('x', [1, 1, 1, 5, 5, 5])] }
  const { result } = await clusters({ k: 3 }, data)
  expect(result.clusters!.cost).toBe(0)
  expect(result.notes).toEqual(['1 clusters have no rows: there are fewer different rows than clusters'])
})

test('one row, one cluster', async () => {
  const { labels, cost, sizes } = await kmeans(
    { rows: 1, width: 2, values: Float64Array.of(1, 2), names: ['a', 'b'] },
    { k: 1, start: 'k-means++', starts: 1, iterations: 5, tolerance: 0, seed: 1 },
    noProgress,
  )
  expect({ labels: Array.from(labels), cost, sizes }).toEqual({ labels: [0], cost: 0, sizes: [1] })
})

test('columns of very different spread are said', async () => {
  const data = {
    rows: 4,
    columns: [numberColumn('a', [1, 2, 3, 4]), numberColumn('b', [10_000, 20_000, 35_000, 40_000])],
  }
  const { result } = await clusters({ k: 2 }, data)
  expect(result.notes).toEqual([
    'columns differ much in their spread, and the widest decides alone: consider scaling them',
  ])
})

test('a column of one value says nothing and is left out', () => {
  const data = { rows: 3, columns: [numberColumn('a', [1, 2, 3]), numberColumn('b', [7, 7, 7])] }
  const { features, notes } = fitFeatures(data, Int32Array.of(0, 1, 2), {
    categories: 'one_hot',
    standardize: false,
  })
  expect(features.map(({ column }) => column)).toEqual(['a'])
  expect(notes).toEqual(['b is left out: every row has the same value'])
})
