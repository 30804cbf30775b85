import { expect, test } from 'vitest'
import { trainedPredictor } from '../../../../../kernel/serve/model/trained/predictor'
import {
  type PredictorFormat,
  type TrainedModel,
  trainedModel,
} from '../../../../../lib/training/model-format'

const number = (column: string) => ({
  column,
  encoding: 'number' as const,
  type: 'number' as const,
  missing: 0,
})

const model = (predictor: PredictorFormat, rest: Partial<TrainedModel> = {}): TrainedModel =>
  trainedModel.parse({
    format: 'cellar-trained-1',
    algorithm: 'kmeans',
    features: [number('x'), number('y')],
    scaling: null,
    target: null,
    predictor,
    ...rest,
  })

const classes = (...names: string[]) => ({ column: 't', type: 'class' as const, classes: names })

test('the nearest centre, by distance and by angle', async () => {
  const centers = [
    [0, 0],
    [3, 4],
  ]
  const near = trainedPredictor(model({ kind: 'clusters', centers, distance: 'euclidean' }))
  expect(
    await near([
      { x: 3, y: 0 },
      { x: 3, y: 3 },
    ]),
  ).toEqual([
    { cluster: 0, distance: 3 },
    { cluster: 1, distance: 1 },
  ])
  const angle = trainedPredictor(
    model({
      kind: 'clusters',
      centers: [
        [1, 0],
        [0, 1],
      ],
      distance: 'cosine',
    }),
  )
  const [answer] = (await angle([{ x: 3, y: 4 }])) as { cluster: number; distance: number }[]
  expect(answer!.cluster).toBe(1)
  expect(answer!.distance).toBeCloseTo(0.2, 12)
})

test('a logistic model says the sigmoid of its sum', async () => {
  const predict = trainedPredictor(
    model(
      { kind: 'linear', coefficients: [[2, -1]], intercepts: [0.5], link: 'logistic' },
      { target: classes('no', 'yes') },
    ),
  )
  // 1 / (1 + e^-1.5)
  const [answer] = (await predict([{ x: 1, y: 1 }])) as {
    prediction: string
    probabilities: Record<string, number>
  }[]
  expect(answer!.prediction).toBe('yes')
  expect(answer!.probabilities.yes).toBeCloseTo(0.8175744761936437, 12)
  expect(answer!.probabilities.no).toBeCloseTo(0.18242552380635635, 12)
})

test('scaling comes before the sum', async () => {
  const predict = trainedPredictor(
    model(
      { kind: 'linear', coefficients: [[2, 10]], intercepts: [1], link: 'identity' },
      { scaling: { shift: [1, 0], scale: [0.5, 0] }, target: { column: 't', type: 'number' } },
    ),
  )
  // 2 · (5 − 1) · 0.5 + 10 · 0 + 1
  expect(await predict([{ x: 5, y: 9 }])).toEqual([{ prediction: 5 }])
})

const stump = (left: number[], right: number[], weight: number, output?: number) => ({
  feature: [0, -1, -1],
  threshold: [2.5, 0, 0],
  left: [1, -1, -1],
  right: [2, -1, -1],
  values: [...left.map(() => 0), ...left, ...right],
  weight,
  ...(output !== undefined && { output }),
})

test("Spark's boosted trees: the sum of the trees, doubled before the sigmoid", async () => {
  const predict = trainedPredictor(
    model(
      {
        kind: 'trees',
        trees: [stump([-1], [1], 1), stump([-0.5], [0.25], 0.1)],
        base: [0],
        link: 'logistic',
        slope: 2,
      },
      { target: classes('0', '1') },
    ),
  )
  // A value at the threshold goes left: −1.05; 1 / (1 + e^2.1).
  const [left, right] = (await predict([
    { x: 2.5, y: 0 },
    { x: 3, y: 0 },
  ])) as { probabilities: Record<string, number> }[]
  expect(left!.probabilities['1']).toBeCloseTo(0.10909682119561293, 12)
  expect(right!.probabilities['1']).toBeCloseTo(0.8859476187202091, 12)
})

test("a forest's shares are divided by their sum", async () => {
  const predict = trainedPredictor(
    model(
      {
        kind: 'trees',
        trees: [stump([3, 1, 0], [0, 0, 4], 1), stump([1, 1, 2], [0, 1, 3], 1)],
        base: [0, 0, 0],
        link: 'shares',
        slope: 1,
      },
      { target: classes('a', 'b', 'c') },
    ),
  )
  expect(await predict([{ x: 0, y: 0 }])).toEqual([
    { prediction: 'a', probabilities: { a: 0.5, b: 0.25, c: 0.25 } },
  ])
})

test('trees of one output each, through softmax', async () => {
  const trees = [stump([1], [0], 1, 0), stump([0], [2], 1, 1), stump([0], [0], 1, 2)]
  const predict = trainedPredictor(
    model(
      { kind: 'trees', trees, base: [0, 0, 0], link: 'softmax', slope: 1 },
      { target: classes('a', 'b', 'c') },
    ),
  )
  const [answer] = (await predict([{ x: 9, y: 0 }])) as { probabilities: Record<string, number> }[]
  // softmax([0, 2, 0])
  expect(answer!.probabilities.b).toBeCloseTo(0.7869860421615985, 12)
})

test('a category goes the way that the node says', async () => {
  const tree = { ...stump([1], [2], 1), categories: { '0': [0, 2] } }
  const predict = trainedPredictor(
    model(
      { kind: 'trees', trees: [tree], base: [0], link: 'identity', slope: 1 },
      {
        features: [{ column: 'c', encoding: 'index', categories: ['red', 'green', 'blue'], unknown: 'last' }],
        target: { column: 't', type: 'number' },
      },
    ),
  )
  expect(await predict([{ c: 'red' }, { c: 'green' }, { c: 'blue' }, { c: 'black' }, {}])).toEqual([
    { prediction: 1 },
    { prediction: 2 },
    { prediction: 1 },
    { prediction: 2 },
    { prediction: 2 },
  ])
})

test('layers of a network, whose biases stand last', async () => {
  const weights = (...values: number[]) => Buffer.from(Float32Array.from(values).buffer).toString('base64')
  const predict = trainedPredictor(
    model(
      {
        kind: 'network',
        layers: [
          { units: 2, activation: 'relu', weights: weights(1, -1, 2, 1, 0.5, -10) },
          { units: 1, activation: 'linear', weights: weights(2, 7, 0.25) },
        ],
        link: 'identity',
      },
      { target: { column: 't', type: 'number' } },
    ),
  )
  // relu([1·1 + 2·2 + 0.5, −1·1 + 1·2 − 10]) · [2, 7] + 0.25
  expect(await predict([{ x: 1, y: 2 }])).toEqual([{ prediction: 11.25 }])
})

test('a value that the model must have, and a category it never saw, are refused as the record', async () => {
  const strict = trainedPredictor(
    model(
      { kind: 'linear', coefficients: [[1, 1, 1]], intercepts: [0], link: 'identity' },
      {
        features: [
          { column: 'x', encoding: 'number', type: 'number', missing: null },
          { column: 'c', encoding: 'one_hot', categories: ['a', 'b'], unknown: 'refuse' },
        ],
        target: { column: 't', type: 'number' },
      },
    ),
  )
  await expect(strict([{ x: null, c: 'a' }])).rejects.toMatchObject({
    code: 'bad_record',
    message: 'x: the model needs a value, got none',
  })
  await expect(strict([{ x: 1, c: 'z' }])).rejects.toMatchObject({
    code: 'bad_record',
    message: 'c: the model has not seen this value: z',
  })
})
