import { expect, test } from 'vitest'
import { compileEncoder } from '../../../kernel/serve/model/trained/encode'
import { trainedPredictor } from '../../../kernel/serve/model/trained/predictor'
import type { TrainData } from '../../../kernel/train/data'
import { recordsOf } from '../../../kernel/train/describe-model'
import { fitFeatures } from '../../../kernel/train/fit-features'
import { noProgress } from '../../../kernel/train/progress'
import { seededRandom } from '../../../kernel/train/random'
import { train } from '../../../kernel/train/train'
import { compileValidator } from '../../../lib/protocol/schema-validate'
import type { AlgorithmName } from '../../../lib/protocol/training'
import { parametersSchema } from '../../../lib/training/algorithms'
import { decodeTrained, encodeTrained, isTrained } from '../../../lib/training/artifact'
import { iris, numberColumn, textColumn } from './iris'

const run = (algorithm: AlgorithmName, data: TrainData, target: string, given: object = {}) =>
  train({ algorithm, parameters: parametersSchema(algorithm).parse(given), data, target }, noProgress)

/** 600 houses: a price that depends on size, on the place, and on whether there is a garden. */
function houses(): TrainData {
  const random = seededRandom(5)
  const size = Array.from({ length: 600 }, () => 40 + 160 * random())
  const place = size.map(() => ['north', 'south', 'west'][Math.floor(3 * random())]!)
  const garden = size.map(() => (random() < 0.5 ? 1 : 0))
  const worth: Record<string, number> = { north: 0, south: 120, west: 40 }
  const price = size.map((value, i) => 3 * value + worth[place[i]!]! + 50 * garden[i]! + 5 * (random() - 0.5))
  return {
    rows: 600,
    columns: [
      numberColumn(
        'size',
        size.map((value, i) => (i % 50 === 0 ? Number.NaN : value)),
      ),
      textColumn(
        'place',
        place.map((value, i) => (i % 60 === 1 ? null : value)),
      ),
      numberColumn('garden', garden, 'boolean'),
      numberColumn('price', price),
    ],
  }
}

const metric = (result: { metrics: { name: string; value: number }[] }, name: string) =>
  result.metrics.find((each) => each.name === name)!.value

test.each([
  ['logistic_regression', {}],
  ['random_forest', { trees: 30 }],
  ['gradient_boosted_trees', { trees: 30, min_rows: 5 }],
  ['dense_network', { epochs: 15, batch: 16, learning_rate: 0.03, layers: '16' }],
] as const)('%s tells iris apart', async (algorithm, given) => {
  const { result, model } = await run(algorithm, iris(), 'species', given)
  expect(result.rows).toEqual({ total: 150, train: 120, test: 30 })
  expect(metric(result, 'accuracy')).toBeGreaterThan(0.89)
  expect(metric(result, 'AUC')).toBeGreaterThan(0.95)
  expect(result.confusion!.classes).toEqual(['setosa', 'versicolor', 'virginica'])
  expect(result.confusion!.counts.flat().reduce((sum, count) => sum + count, 0)).toBe(30)
  expect(['petal_length', 'petal_width']).toContain(result.importance[0]!.column)
  const [answer] = await trainedPredictor(model)([
    { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 },
  ])
  expect(answer).toMatchObject({ prediction: 'setosa' })
})

test.each([
  ['linear_regression', {}, 0.93],
  ['random_forest', { trees: 40, column_share: 0.7 }, 0.9],
  ['gradient_boosted_trees', { trees: 100 }, 0.93],
  ['dense_network', { epochs: 15, batch: 32, learning_rate: 0.03, layers: '16' }, 0.9],
] as const)('%s tells the prices of houses', async (algorithm, given, least) => {
  const { result } = await run(algorithm, houses(), 'price', given)
  expect(metric(result, 'R²')).toBeGreaterThan(least)
  expect(result.importance[0]!.column).toBe('size')
  expect(result.residuals!.predicted).toHaveLength(120)
  expect(result.notes).toEqual([
    expect.stringMatching(/^size has no value in \d+ rows: their mean stands in$/),
    expect.stringMatching(/^place has no value in \d+ rows: that is a value of its own$/),
  ])
})

test.each(['kmeans', 'logistic_regression', 'gradient_boosted_trees', 'dense_network'] as const)(
  'an artifact of %s answers what the training said, its records fit its schema',
  async (algorithm) => {
    const data = iris()
    const { model, schema, selfTest, reference } = await train(
      {
        algorithm,
        parameters: parametersSchema(algorithm).parse(algorithm === 'dense_network' ? { epochs: 2 } : {}),
        data: algorithm === 'kmeans' ? { ...data, columns: data.columns.slice(0, 4) } : data,
        target: algorithm === 'kmeans' ? null : 'species',
      },
      noProgress,
    )
    const artifact = encodeTrained(model)
    expect(isTrained(artifact)).toBe(true)
    expect(await trainedPredictor(decodeTrained(artifact))(selfTest.records)).toEqual(selfTest.predictions)
    const [fits, says] = [compileValidator(schema.input), compileValidator(schema.output)]
    expect(selfTest.records.map(fits)).toEqual(selfTest.records.map(() => undefined))
    expect(selfTest.predictions.map(says)).toEqual(selfTest.predictions.map(() => undefined))
    expect(reference.input.records).toBe(150)
  },
)

test('a record becomes the numbers that its row was trained as', () => {
  const times = [0, 86_400_000 * 40.25, Number.NaN]
  const data: TrainData = {
    rows: 3,
    columns: [
      numberColumn('n', [1.5, Number.NaN, -2]),
      numberColumn('yes', [1, 0, 1], 'boolean'),
      textColumn('t', ['a', null, 'b']),
      { name: 'day', type: 'datetime', values: Float64Array.from(times) },
      { name: 'pixels', type: 'numbers', shape: [1, 2], values: Float32Array.of(1, 2, 3, 4, 5, 6) },
    ],
  }
  const rows = Int32Array.of(0, 1, 2)
  for (const categories of ['one_hot', 'index'] as const) {
    const { features, scaling, matrix } = fitFeatures(data, rows, { categories, standardize: true })
    const model = { features, scaling } as Parameters<typeof recordsOf>[0]
    const { encode } = compileEncoder(model)
    const encoded = recordsOf(model, data, rows).flatMap((record) => Array.from(encode(record)))
    expect(encoded).toEqual(Array.from(matrix.values))
  }
})

test('the same seed gives the same model', async () => {
  const once = await run('random_forest', iris(), 'species', { trees: 5 })
  const again = await run('random_forest', iris(), 'species', { trees: 5 })
  const other = await run('random_forest', iris(), 'species', { trees: 5, seed: 43 })
  expect(again.model).toEqual(once.model)
  expect(other.model).not.toEqual(once.model)
})

test('a category that divides rows by no order is found by one question', async () => {
  const values = Array.from({ length: 200 }, (_, i) => ['a', 'b', 'c', 'd'][i % 4]!)
  const label = values.map((value) => (value === 'b' || value === 'd' ? 'yes' : 'no'))
  const data = { rows: 200, columns: [textColumn('t', values), textColumn('y', label)] }
  const { result } = await run('gradient_boosted_trees', data, 'y', { max_depth: 1, trees: 20 })
  expect(metric(result, 'accuracy')).toBe(1)
})

test('a thousand columns are trained with', async () => {
  const random = seededRandom(9)
  const columns = Array.from({ length: 1000 }, (_, j) =>
    numberColumn(`c${j}`, Array.from({ length: 60 }, random)),
  )
  const first = columns[3]!
  const y = Array.from({ length: 60 }, (_, i) => 2 * (first as { values: Float64Array }).values[i]!)
  const data = { rows: 60, columns: [...columns, numberColumn('y', y)] }
  const { result } = await run('linear_regression', data, 'y', { regularization: 0.02, elastic_net: 1 })
  expect(metric(result, 'R²')).toBeGreaterThan(0.8)
  expect(result.importance[0]!.column).toBe('c3')
})

const bad = (y: ReturnType<typeof numberColumn>, x = numberColumn('x', [1, 2, 3, 4])): TrainData => ({
  rows: 4,
  columns: [x, y],
})

const refused: [string, AlgorithmName, TrainData, string][] = [
  [
    'one class',
    'logistic_regression',
    bad(textColumn('y', ['a', 'a', 'a', 'a'])),
    'the target has one class only, there is nothing to tell apart: y is a',
  ],
  [
    'a text as a number',
    'linear_regression',
    bad(textColumn('y', ['a', 'b', 'a', 'b'])),
    'Linear regression tells numbers, and the target is text: choose logistic regression, or another target than y',
  ],
  [
    'a target without values',
    'linear_regression',
    bad(numberColumn('y', [Number.NaN, Number.NaN, Number.NaN, Number.NaN])),
    'no row has a value of the target: y',
  ],
  [
    'a constant number',
    'linear_regression',
    bad(numberColumn('y', [2, 2, 2, 2])),
    'the target has one value only, there is nothing to learn: y is 2',
  ],
  [
    'columns of one value',
    'random_forest',
    bad(textColumn('y', ['a', 'b', 'a', 'b']), numberColumn('x', [1, 1, 1, 1])),
    'no column tells rows apart, each has one value only: x',
  ],
  [
    'no rows',
    'random_forest',
    { rows: 0, columns: [numberColumn('x', []), textColumn('y', [])] },
    'the data set has no rows: add some, or choose another version',
  ],
]

test.each(refused)('%s is refused', async (_, algorithm, data, message) => {
  await expect(run(algorithm, data, 'y')).rejects.toThrow(message)
})

test('rows without a target are left out', async () => {
  const y = Array.from({ length: 40 }, (_, i) => (i % 4 === 0 ? null : i % 2 ? 'odd' : 'even'))
  const data = {
    rows: 40,
    columns: [
      numberColumn(
        'x',
        Array.from({ length: 40 }, (_, i) => i % 2),
      ),
      textColumn('y', y),
    ],
  }
  const { result } = await run('logistic_regression', data, 'y')
  expect(result.notes).toEqual(['10 rows are left out: they have no y'])
  expect(result.rows).toEqual({ total: 40, train: 24, test: 6 })
})

test('parameters are checked by name and range', () => {
  const schema = parametersSchema('kmeans')
  expect(schema.safeParse({ k: 0 }).success).toBe(false)
  expect(schema.safeParse({ clusters: 3 }).success).toBe(false)
  expect(schema.parse({ k: 4 })).toMatchObject({ k: 4, start: 'k-means++', seed: 42 })
})
