import type * as Tf from '@tensorflow/tfjs-node'
import { beforeAll, expect, test } from 'vitest'
import { loadTensorflow } from '../../../kernel/serve/model/tensorflow'
import { withoutTensorflow } from '../../../lib/protocol/dense-calls'
import { createPredictor, type Tensorflow } from '../../../lib/protocol/predictor'

let tf: typeof Tf
beforeAll(async () => {
  tf = (await loadTensorflow()) as unknown as typeof Tf
})

const record = [0.1, -0.4, 0.7, 1.2, -0.9, 0.3, 0, 2.1, -1.5, 0.6]
const other = record.map((value) => -3 * value)

type Layers = Tf.layers.Layer[]
const seeded = (seed: number) => tf.initializers.randomUniform({ minval: -0.3, maxval: 0.3, seed })
const sequential = (layers: Layers) => tf.sequential({ layers })
const net = (last: 'linear' | 'softmax' | 'sigmoid' | 'tanh' | 'relu') =>
  sequential([
    tf.layers.dense({ inputShape: [10], units: 64, activation: 'relu', kernelInitializer: seeded(1) }),
    tf.layers.dropout({ rate: 0.5 }),
    tf.layers.dense({ units: 64, activation: 'tanh', useBias: false, kernelInitializer: seeded(2) }),
    tf.layers.dense({ units: 3, activation: last, kernelInitializer: seeded(3), biasInitializer: seeded(4) }),
  ])

/** How often TensorFlow was asked, and the answers. */
function served(model: Tf.LayersModel) {
  let asked = 0
  const inputs = [{ name: 'x', shape: [10], dtype: 'float32' }]
  const predict = withoutTensorflow(model as never, inputs, (records) => {
    asked++
    return tf.tidy(() => (model.predict(tf.tensor2d(records as number[][])) as Tf.Tensor2D).arraySync())
  })
  return { predict, asked: () => asked }
}

const difference = (a: unknown[], b: unknown[]) => {
  const numbers = (a.flat() as number[]).map((value, i) => Math.abs(value - (b.flat() as number[])[i]!))
  return Math.max(...numbers)
}

test.each(['linear', 'softmax', 'sigmoid', 'tanh', 'relu'] as const)(
  'a small dense network that ends in %s answers without TensorFlow as with it, to 1e-6',
  (last) => {
    const model = net(last)
    const { predict, asked } = served(model)
    predict([record])
    const answers = predict([other, record])
    const expected = tf.tidy(() => (model.predict(tf.tensor2d([other, record])) as Tf.Tensor2D).arraySync())
    expect(asked()).toBe(1)
    expect(difference(answers, expected)).toBeLessThan(1e-6)
  },
)

test('large batches, large networks and numbers that are not finite stay with TensorFlow', () => {
  const { predict, asked } = served(net('linear'))
  predict([record])
  predict(Array.from({ length: 64 }, () => record))
  expect(asked()).toBe(2)
  predict([record.map(() => Number.NaN)])
  expect(asked()).toBe(3)
  predict([record])
  expect(asked()).toBe(3)
  const large = served(sequential([tf.layers.dense({ inputShape: [10], units: 20_000 })]))
  large.predict([record])
  large.predict([record])
  expect(large.asked()).toBe(2)
})

test('a network that answers otherwise than its layers say stays with TensorFlow', () => {
  const model = net('linear')
  const layer = model.layers[0]!
  const call = layer.call.bind(layer)
  layer.call = (inputs, options) => tf.mul(call(inputs, options) as Tf.Tensor, 2)
  const { predict, asked } = served(model)
  predict([record])
  predict([record])
  expect(asked()).toBe(2)
})

test('other layers, activations and inputs stay with TensorFlow', () => {
  const models = [
    sequential([tf.layers.dense({ inputShape: [10], units: 3, activation: 'selu' })]),
    sequential([
      tf.layers.dense({ inputShape: [10], units: 4 }),
      tf.layers.layerNormalization(),
      tf.layers.dense({ units: 3 }),
    ]),
  ]
  const asked = models.map((model) => {
    const each = served(model)
    each.predict([record])
    each.predict([record])
    return each.asked()
  })
  expect(asked).toEqual([2, 2])
})

test('a promoted network refuses what it always refused, and leaves no tensor behind', async () => {
  const predict = createPredictor('layers', net('softmax'), tf as unknown as Tensorflow)
  await predict([record])
  const before = tf.memory().numTensors
  await predict([record])
  await expect(predict([[1, 2]])).rejects.toThrow('expected an array of 10 numbers, got 2')
  await expect(predict([record.map(String)])).rejects.toThrow('expected a number, got 0.1')
  expect(tf.memory().numTensors).toBe(before)
})
