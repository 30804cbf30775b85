import path from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../support/paths'
import { createCells, createModelProcess, freshPredictions } from './support'

const tensorflow = `import * as tf from '@tensorflow/tfjs-node'`

test('a function with an encoder learned from the data and a trained model predicts the same to the last bit', async () => {
  const notebook = createCells()
  const file = path.join(root, 'notebooks/data/adult-income.csv')
  await notebook.run(tensorflow)
  await notebook.run(`import { readFileSync } from 'node:fs'
const [head, ...lines] = readFileSync(${JSON.stringify(file)}, 'utf8').trim().split('\\n').slice(0, 2001)
const names = head.split(',').map((x) => x.trim())
const rows = lines.map((line) => Object.fromEntries(line.split(',').map((x, i) => [names[i], isNaN(Number(x)) ? x.trim() : Number(x)])))`)
  await notebook.run(`class Scaler { mean = 0; std = 1; constructor(readonly field: string) {} fit(xs: number[]) { this.mean = xs.reduce((a, b) => a + b, 0) / xs.length; this.std = Math.sqrt(xs.reduce((a, b) => a + (b - this.mean) ** 2, 0) / xs.length) || 1; return this } apply(x: number) { return (x - this.mean) / this.std } }
const encoder = { scalers: ['age', 'hours-per-week'].map((f) => new Scaler(f).fit(rows.map((r) => Number(r[f])))), levels: new Map(['workclass', 'sex'].map((f) => [f, [...new Set(rows.map((r) => String(r[f])))].sort()])) }
const bias = tf.tensor1d([0.25])`)
  await notebook.run(`function encode(row: Record<string, unknown>) { return [...encoder.scalers.map((s) => s.apply(Number(row[s.field]))), ...[...encoder.levels].flatMap(([f, levels]) => levels.map((l) => Number(l === row[f])))] }
const xs = tf.tensor2d(rows.map(encode)), ys = tf.tensor2d(rows.map((r) => [Number(r.income === '>50K')]))
const model = tf.sequential({ layers: [tf.layers.dense({ units: 16, inputShape: [xs.shape[1]!], activation: 'relu' }), tf.layers.dropout({ rate: 0.1 }), tf.layers.dense({ units: 1, activation: 'sigmoid' })] })
model.compile({ optimizer: 'adam', loss: 'binaryCrossentropy' })
await model.fit(xs, ys, { epochs: 1, verbose: 0 })
async function predict(people: Record<string, unknown>[]) { const out = tf.tidy(() => (model.predict(tf.tensor2d(people.map(encode))) as any).flatten().add(bias)); const p = await out.data(); return Array.from(p, (probability: any) => ({ probability, label: probability > 0.5 ? '>50K' : '<=50K' })) }`)
  const people = (notebook.S.rows as Record<string, unknown>[]).map(({ income, ...person }) => person)
  const promotion = await notebook.promote('predict', people)
  const { schema, selfTest } = promotion.request
  expect(selfTest.records.length).toBe(1000)
  expect(schema.input.type === 'object' && schema.input.fields.sex).toEqual({
    type: 'string',
    categories: ['Female', 'Male'],
  })
  expect(await freshPredictions(promotion)).toEqual(selfTest.predictions)
})

test('a LayersModel gives its schema by its input and a self-test on seeded records', async () => {
  const notebook = createCells()
  await notebook.run(tensorflow)
  await notebook.run(
    `const model = tf.sequential({ layers: [tf.layers.dense({ units: 64, inputShape: [10], activation: 'relu' }), tf.layers.dense({ units: 3, activation: 'softmax' })] })`,
  )
  const promotion = await notebook.promote('model')
  expect(promotion.request.schema.input).toEqual({ type: 'tensor', shape: [10] })
  expect(promotion.request.schema.output).toEqual({ type: 'tensor', shape: [3] })
  expect(promotion.request.selfTest.records.length).toBe(8)
  expect(await freshPredictions(promotion)).toEqual(promotion.request.selfTest.predictions)
  const again = await notebook.promote('model')
  expect(again.request.selfTest).toEqual(promotion.request.selfTest)
})

test('a model of several inputs and outputs takes and gives objects by their names', async () => {
  const notebook = createCells()
  await notebook.run(tensorflow)
  await notebook.run(`const a = tf.input({ shape: [2], name: 'a' }), b = tf.input({ shape: [1], name: 'b' })
const sum = tf.layers.dense({ units: 1, name: 'sum', kernelInitializer: 'ones' }).apply(tf.layers.concatenate({ name: 'both' }).apply([a, b])) as any
const model = tf.model({ inputs: [a, b], outputs: [sum, tf.layers.activation({ activation: 'relu', name: 'positive' }).apply(sum) as any] })`)
  const promotion = await notebook.promote('model', [{ a: [1, 2], b: [-5] }])
  expect(promotion.request.selfTest.predictions).toEqual([{ sum: [-2], positive: [0] }])
  expect(promotion.request.schema.input).toEqual({
    type: 'object',
    fields: { a: { type: 'tensor', shape: [2] }, b: { type: 'tensor', shape: [1] } },
  })
  expect(await freshPredictions(promotion)).toEqual([{ sum: [-2], positive: [0] }])
})

test('a layer that a cell defines comes with its model', async () => {
  const notebook = createCells()
  await notebook.run(tensorflow)
  await notebook.run(`class Twice extends tf.layers.Layer { static className = 'Twice'; call(x: any) { return tf.mul(Array.isArray(x) ? x[0] : x, factor) } }
const factor = 2
tf.serialization.registerClass(Twice)
const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [2], kernelInitializer: 'identity' }), new Twice({})] })`)
  const promotion = await notebook.promote('model', [[1, 2]])
  expect(promotion.request.selfTest.predictions).toEqual([[2, 4]])
  expect(await freshPredictions(promotion)).toEqual([[2, 4]])
})

test('a GraphModel comes with its weights', async () => {
  const notebook = createCells()
  await notebook.run(tensorflow)
  await notebook.run(`const node = (name: string, op: string, input: string[] = [], attr: any = {}) => ({ name, op, input, attr: { dtype: { type: 'DT_FLOAT' }, T: { type: 'DT_FLOAT' }, ...attr } })
const graph = await tf.loadGraphModel({ load: async () => ({
  modelTopology: { versions: { producer: 1 }, node: [node('x', 'Placeholder', [], { shape: { shape: { dim: [{ size: -1 }, { size: 2 }] } } }), node('w', 'Const'), node('y', 'MatMul', ['x', 'w'])] },
  weightSpecs: [{ name: 'w', shape: [2, 1], dtype: 'float32' }],
  weightData: new Float32Array([3, 4]).buffer,
}) } as any)`)
  const promotion = await notebook.promote('graph', [
    [1, 1],
    [0.5, 0],
  ])
  expect(promotion.request.schema.input).toEqual({ type: 'tensor', shape: [2] })
  expect(promotion.request.selfTest.predictions).toEqual([[7], [1.5]])
  expect(await freshPredictions(promotion)).toEqual([[7], [1.5]])
})

test('28×28 records of a small image network', async () => {
  const notebook = createCells()
  await notebook.run(tensorflow)
  await notebook.run(`const model = tf.sequential({ layers: [tf.layers.conv2d({ filters: 4, kernelSize: 3, inputShape: [28, 28, 1], activation: 'relu' }), tf.layers.maxPooling2d({ poolSize: 2 }), tf.layers.flatten(), tf.layers.dense({ units: 10, activation: 'softmax' })] })
const predict = (images: number[][][]) => tf.tidy(() => { const p = model.predict(tf.tensor3d(images).expandDims(-1).div(255)) as any; const best = p.argMax(-1).arraySync(); return p.arraySync().map((probabilities: number[], i: number) => ({ digit: best[i], probabilities })) })
const images = Array.from({ length: 20 }, (_, n) => Array.from({ length: 28 }, (_, i) => Uint8Array.from({ length: 28 }, (_, j) => (n * i * j) % 256)))`)
  const promotion = await notebook.promote('predict', notebook.S.images)
  expect(promotion.request.schema.input).toEqual({ type: 'tensor', shape: [28, 28] })
  expect(await freshPredictions(promotion)).toEqual(promotion.request.selfTest.predictions)
})

test('records that do not fit the model are refused with both shapes', async () => {
  const notebook = createCells()
  await notebook.run(tensorflow)
  await notebook.run(
    `const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [3] })] }); const dead = tf.scalar(1); dead.dispose(); const f = (x: any) => dead`,
  )
  await expect(notebook.promote('model', [[1, 2]])).rejects.toThrow(
    'data[0] does not fit the model: expected numbers of shape [3], got shape [2]',
  )
  await expect(notebook.promote('f', [1])).rejects.toThrow('dead is a disposed tensor')
})

test('a thousand calls leave no tensor behind, and a cache that the function keeps stays alive', async () => {
  const notebook = createCells()
  await notebook.run(tensorflow)
  await notebook.run(`let cache: any
const leaky = async (rows: number[]) => { cache ??= tf.tensor1d([10]); const x = tf.tensor1d(rows); await null; const y = x.add(cache); return [...(await y.data())].map((v) => ({ v, tensors: tf.memory().numTensors })) }`)
  const promotion = await notebook.promote('leaky', [1])
  const model = createModelProcess()
  try {
    await model.load(promotion.bundle)
    const counts: number[] = []
    for (let i = 0; i < 1000; i++) {
      const reply = await model.predict([1])
      if (reply.type !== 'predictions') throw new Error(JSON.stringify(reply))
      counts.push((reply.predictions[0] as { tensors: number }).tensors)
    }
    expect(counts.at(-1)).toBe(counts[1])
  } finally {
    await model.close()
  }
})

test('what goes wrong in the model child is an answer', async () => {
  const notebook = createCells()
  await notebook.run(
    `const f = (rows: any[]) => rows.map((r) => { if (r === 0) throw Object.assign(new Error('zero has no logarithm'), { status: 400 }); if (r < 0) throw new Error('boom'); return Math.log(r) })`,
  )
  const { bundle } = await notebook.promote('f', [1])
  const model = createModelProcess()
  try {
    expect(await model.load(new Uint8Array([1, 2, 3]))).toMatchObject({ type: 'error', code: 'model' })
    expect(await model.predict([1])).toEqual({
      type: 'error',
      n: 2,
      code: 'model',
      message: 'nothing is loaded yet',
    })
    await model.load(bundle)
    expect(await model.predict([0])).toEqual({
      type: 'error',
      n: 4,
      code: 'bad_record',
      message: 'zero has no logarithm',
    })
    expect(await model.predict([-1])).toEqual({ type: 'error', n: 5, code: 'model', message: 'boom' })
    expect(await model.predict([1])).toMatchObject({ type: 'predictions', predictions: [0] })
  } finally {
    await model.close()
  }
})

test('a plain function needs no TensorFlow in its process', async () => {
  const notebook = createCells()
  await notebook.run('const f = (rows: number[]) => rows.map(() => process.memoryUsage().rss)')
  const { bundle } = await notebook.promote('f', [1])
  const model = createModelProcess()
  try {
    await model.load(bundle)
    const reply = await model.predict([1])
    expect(reply.type === 'predictions' && Number(reply.predictions[0])).toBeLessThan(120e6)
  } finally {
    await model.close()
  }
})
