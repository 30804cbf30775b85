import type * as Tf from '@tensorflow/tfjs-node'
import { beforeAll, expect, test } from 'vitest'
import { createTensorFlow } from '../../../../kernel/child/tensorflow'
import { installTrainingOps } from '../../../../kernel/child/training-ops'
import { createOps, type NativeTensorFlow, type Ops } from '../../../../kernel/child/training-ops/ops'
import { setUpTensorflow } from '../../../../lib/stack/tensorflow'
import { root } from '../../../support/paths'
import { differentiate, layers } from './layers'
import { nets, trainNet } from './nets'
import { optimizers, trainByOptimizer } from './optimizers'

/** Everything is done twice in one process: by tfjs-node as shipped, then with TensorFlow's training ops. */

const edges = [Number.NaN, Infinity, -Infinity, 0, -0, 6, -6, 1e-30, -1e-30, 88, -88]
/** Numbers between -8 and 8, the same each time; the edges meet each other as input and as gradient. */
const spread = (count: number, start: number) =>
  Array.from({ length: count }, (_, i) => 8 * Math.sin(start + 1.7 * i * i))
const inputs = [...edges.flatMap((edge) => edges.map(() => edge)), ...spread(500, 1)]
const gradients = [...edges.flatMap(() => edges), ...spread(500, 2)]

const activations = ['relu', 'relu6', 'elu', 'sigmoid', 'tanh', 'step', 'softplus', 'leakyRelu'] as const
/** The others' gradients have none in tfjs. */
const twice = ['relu', 'sigmoid', 'tanh', 'softplus'] as const
const firstOrder = (tf: typeof Tf, name: (typeof activations)[number]) =>
  tf.tidy(() => [
    ...tf
      .grad((x) => tf[name](x as Tf.Tensor1D))(tf.tensor1d(inputs), tf.tensor1d(gradients))
      .dataSync(),
  ])
const secondOrder = (tf: typeof Tf, name: (typeof twice)[number]) =>
  tf.tidy(() => [
    ...tf
      .grad((x) =>
        tf
          .grad((inner) => tf[name](inner as Tf.Tensor1D).square())(x)
          .sum(),
      )(tf.tensor1d(spread(200, 3)))
      .dataSync(),
  ])

type Pool = [shape: [number, number, number, number], size: number, stride: number, pad: 'valid' | 'same']
const pools: Pool[] = [
  [[3, 8, 6, 16], 2, 2, 'valid'],
  [[2, 7, 9, 5], 2, 2, 'valid'],
  [[2, 7, 9, 5], 2, 2, 'same'],
  [[2, 9, 8, 3], 3, 2, 'same'],
  [[2, 6, 6, 9], 3, 1, 'same'],
  [[1, 5, 5, 1], 1, 2, 'valid'],
  // Enough for more than one thread.
  [[80, 64, 64, 7], 2, 2, 'valid'],
]
/** Many values are equal, and some are none: of equals the first has the gradient. */
const pooled = (tf: typeof Tf, [shape, size, stride, pad]: Pool) =>
  tf.tidy(() => {
    const count = shape.reduce((product, side) => product * side)
    const values = Float32Array.from({ length: count }, (_, i) =>
      i % 97 === 5 ? edges[i % edges.length]! : Math.round(2 * Math.sin(1.3 * i * i)),
    )
    const x = tf.tensor4d(values, shape)
    const pool = (images: Tf.Tensor) => tf.maxPool(images as Tf.Tensor4D, size, stride, pad)
    const out = pool(x)
    const dy = tf.tensor(
      Float32Array.from({ length: out.size }, (_, i) => Math.sin(i) + 2),
      out.shape,
    )
    return [out.dataSync(), tf.grad(pool)(x, dy).dataSync()] as const
  })

async function everything(tf: typeof Tf) {
  const of = <Name extends string, Value>(names: readonly Name[], value: (name: Name) => Value) =>
    Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, Value>
  const netLosses: Record<string, number[]> = {}
  const left: Record<string, number> = {}
  for (const [name, net] of Object.entries(nets)) {
    const before = tf.memory().numTensors
    netLosses[name] = await trainNet(tf, net(tf))
    left[name] = tf.memory().numTensors - before
  }
  const steps: Record<string, Awaited<ReturnType<typeof trainByOptimizer>>> = {}
  for (const [name, optimizer] of Object.entries(optimizers))
    steps[name] = await trainByOptimizer(tf, optimizer(tf))
  return {
    firstOrder: of(activations, (name) => firstOrder(tf, name)),
    pooled: pools.map((pool) => pooled(tf, pool)),
    secondOrder: of(twice, (name) => secondOrder(tf, name)),
    layers: of(Object.keys(layers), (name) => differentiate(tf, layers[name]!)),
    netLosses,
    left,
    steps,
  }
}

let tf: typeof Tf
let shipped: Awaited<ReturnType<typeof everything>>
let replaced: Awaited<ReturnType<typeof everything>>
let ops: Ops
/** TensorFlow's own names of what ran since training ops are installed. */
const executed = new Set<string>()
function watchOps(native: NativeTensorFlow) {
  const backend = native.backend()
  const { binding } = backend
  const executeOp: typeof binding.executeOp = (name, ...rest) => {
    executed.add(name)
    return binding.executeOp(name, ...rest)
  }
  backend.binding = Object.create(binding, { executeOp: { value: executeOp } })
}
beforeAll(async () => {
  await setUpTensorflow(root, () => {})
  const loaded = await createTensorFlow('native', (specifier) => import(specifier))()
  tf = loaded.tf as unknown as typeof Tf
  shipped = await everything(tf)
  watchOps(loaded.tf as unknown as NativeTensorFlow)
  ops = createOps(loaded.tf as unknown as NativeTensorFlow)
  installTrainingOps(loaded.tf as unknown as NativeTensorFlow)
  replaced = await everything(tf)
})

/** The largest difference, relative to numbers above one; the same NaN or infinity is none. */
const apart = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  let most = a.length === b.length ? 0 : Number.NaN
  for (let i = 0; i < a.length; i++)
    if (!Object.is(a[i], b[i])) most = Math.max(most, Math.abs(a[i]! - b[i]!) / Math.max(1, Math.abs(a[i]!)))
  return most
}

test.each(activations)('the gradient of %s is what it was, also of NaN, infinities and zeros', (name) => {
  expect(shipped.firstOrder[name].length).toBe(621)
  expect(apart(shipped.firstOrder[name], replaced.firstOrder[name])).toBeLessThan(1e-6)
})

test.each(twice)('the gradient of the gradient of %s is what it was', (name) => {
  expect(apart(shipped.secondOrder[name], replaced.secondOrder[name])).toBeLessThan(1e-6)
})

test.each(pools.map((pool, i) => [String(pool), i] as const))('max pooling %s and its gradient', (_, i) => {
  expect(apart(shipped.pooled[i]![0], replaced.pooled[i]![0])).toBe(0)
  expect(apart(shipped.pooled[i]![1], replaced.pooled[i]![1])).toBeLessThan(1e-6)
})

test.each(Object.keys(layers))('%s and its gradients are what they were', (name) => {
  const [before, after] = [shipped.layers[name]!, replaced.layers[name]!]
  for (const part of ['result', 'once', 'twice'] as const) {
    const [numbers, ours] = [before[part], after[part]]
    if (typeof numbers === 'string' || typeof ours === 'string') expect(ours).toBe(numbers)
    else expect(apart(numbers, ours)).toBeLessThan(1e-4)
  }
})

test('no product is TensorFlow’s MatMul, which a signal makes overwrite the heap', () => {
  expect([...executed].filter((name) => /Product|MatMul/.test(name)).sort()).toEqual([
    'BatchMatMulV2',
    'CellarSmallProduct',
  ])
})

test('a layer is one kernel while gradients are taken', async () => {
  const dense = tf.layers.dense({ units: 2, activation: 'relu', inputShape: [3] })
  const conv = tf.layers.conv2d({ filters: 2, kernelSize: 2, activation: 'relu', inputShape: [4, 4, 1] })
  for (const layer of [dense, conv]) layer.build([null, ...layer.batchInputShape.slice(1)])
  const kernels = async (layer: Pick<typeof dense, 'apply'>, shape: number[]) => {
    const x = tf.ones(shape)
    const { kernelNames } = await tf.profile(() =>
      tf.variableGrads(() => (layer.apply(x) as Tf.Tensor).sum() as Tf.Scalar).value.clone(),
    )
    return kernelNames.filter((name) => name.startsWith('Cellar'))
  }
  expect(await kernels(dense, [5, 3])).toEqual(['CellarBatchMatMulRelu'])
  expect(await kernels(conv, [5, 4, 4, 1])).toEqual(['CellarConv2DRelu'])
})

test('the binding has the ops that TensorFlow lacks, and refuses shapes that do not fit', () => {
  expect(ops.own).toBe(true)
  const window = ['window', 'strides', 'padding'].map((name) => ops.int(name, [2, 2]))
  const run = (dy: number[], x: number[]) => () => {
    const [name, attributes] =
      dy.length === 1 ? (['CellarReluGrad', []] as const) : (['CellarMaxPoolGrad', window] as const)
    tf.tidy(() => void ops.run(name, [...attributes], [tf.ones(dy), tf.ones(x)] as never))
  }
  expect(run([2], [3])).toThrow('the shapes of dy and x differ')
  expect(run([1, 2, 2, 3], [1, 4, 4, 4])).toThrow('dy and x are not images of one batch')
  const product = (a: number[], b: number[]) => () => {
    const transposes = ['transpose_a', 'transpose_b'].map((name) => ops.boolean(name, false))
    tf.tidy(() => void ops.run('CellarSmallProduct', transposes, [tf.ones(a), tf.ones(b)] as never))
  }
  expect(product([2, 3], [2, 3])).toThrow('the matrices do not fit each other')
  const biased = (x: number[], bias: number[]) => () =>
    tf.tidy(
      () => void ops.run('CellarBiasAdd', [ops.boolean('relu', true)], [tf.ones(x), tf.ones(bias)] as never),
    )
  expect(biased([2, 3], [2])).toThrow('the bias has not one value for each channel of x')
  const biasedGradient = (dy: number[], y: number[]) => () =>
    tf.tidy(() => void ops.runAll('CellarBiasReluGrad', [], [tf.ones(dy), tf.ones(y)] as never, 2))
  expect(biasedGradient([2, 3], [3, 2])).toThrow('the shapes of dy and y differ, or have no channels')
  const pooled = () =>
    tf.tidy(
      () => void ops.run('CellarMaxPool', [...window, ops.int('size', [1, 1])], [tf.ones([4])] as never),
    )
  expect(pooled).toThrow('x is not a batch of images')
  expect(run([1, 2], [1, 4])).toThrow('dy and x are not images of one batch')
})

test.each(Object.keys(optimizers))('fifty steps of %s end where they did', (name) => {
  expect(apart(shipped.steps[name]!.values, replaced.steps[name]!.values)).toBeLessThan(1e-4)
  const { values: _, ...rest } = replaced.steps[name]!
  const { values: __, ...before } = shipped.steps[name]!
  expect(rest).toEqual(before)
})

test.each(Object.keys(nets))('the loss of %s is the same to 1e-4 at each of fifty steps', (name) => {
  const [first, last] = [shipped.netLosses[name]![0]!, shipped.netLosses[name]!.at(-1)!]
  expect(last).toBeLessThan(first)
  expect(apart(shipped.netLosses[name]!, replaced.netLosses[name]!)).toBeLessThan(1e-4)
})

test('as many tensors are left as before', () => {
  expect(replaced.left).toEqual(shipped.left)
})

test('a step composes nothing of what its op does', async () => {
  const x = tf.variable(tf.tensor1d([1, 2]))
  const adam = tf.train.adam(0.1)
  const { kernelNames } = await tf.profile(() => {
    adam.minimize(() => x.square().sum())
    return tf.scalar(0)
  })
  expect(kernelNames).toContain('Square')
  expect(kernelNames.filter((name) => ['Sqrt', 'RealDiv'].includes(name))).toEqual([])
})

test('a variable that somebody sets between two steps is trained on from there', () => {
  const x = tf.variable(tf.scalar(1))
  const sgd = tf.train.sgd(0.5)
  sgd.minimize(() => x.mul(2))
  const before = x.dataSync()[0]
  const held = x.clone()
  x.assign(tf.scalar(10))
  sgd.minimize(() => x.mul(2))
  expect([before, x.dataSync()[0], held.dataSync()[0]]).toEqual([0, 9, 0])
})

test('a clone keeps its values whatever becomes of the variable between two steps', () => {
  const momentum = tf.train.momentum(0.5, 0)
  const step = (x: Tf.Variable) => void momentum.minimize(() => x.mul(2) as Tf.Scalar, false, [x])
  const x = tf.variable(tf.scalar(1))
  step(x)
  const ofTrained = x.clone()
  step(x)
  const ofSet = x.clone()
  x.assign(tf.scalar(10))
  step(x)
  const ofDisposed = x.clone()
  x.dispose()
  expect([ofTrained, ofSet, ofDisposed].map((held) => held.dataSync()[0])).toEqual([0, -1, 9])
})

test('a variable that was given another’s value is trained on when that one is gone', () => {
  const sgd = tf.train.sgd(0.5)
  const step = (x: Tf.Variable) => void sgd.minimize(() => x.mul(2) as Tf.Scalar, false, [x])
  const [x, y] = [tf.variable(tf.scalar(1)), tf.variable(tf.scalar(5))]
  step(x)
  step(y)
  y.assign(x)
  x.dispose()
  step(y)
  const once = y.dataSync()[0]
  step(y)
  expect([once, y.dataSync()[0]]).toEqual([-1, -2])
})

test('a cast or reshape to what a tensor is shares its data, which lives as long as either', () => {
  const before = tf.memory()
  const x = tf.tensor1d([1, 2, 3])
  const same = [x.cast('float32'), x.reshape([3]), x.toFloat()]
  const other = [x.cast('int32'), x.reshape([3, 1])]
  expect(tf.memory().numDataBuffers - before.numDataBuffers).toBe(3)
  x.dispose()
  expect([...same, ...other].map((tensor) => [...tensor.dataSync()])).toEqual(Array(5).fill([1, 2, 3]))
  tf.dispose([same, other])
  expect(tf.memory()).toEqual(before)
  expect(() => tf.ones([3]).reshape([2])).toThrow()
})
