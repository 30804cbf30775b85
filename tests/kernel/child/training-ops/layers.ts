import type * as Tf from '@tensorflow/tfjs-node'

type Variables = { variable: Tf.Tensor; bias?: Tf.Tensor; input: Tf.Tensor }
type Layer = (tf: typeof Tf, given: Variables) => Tf.Tensor
type Case = { input: number[]; variable: number[]; bias?: number[]; layer: Layer }

/** Values from -1 to 1, the same each time, some of them zero. */
const values = (shape: number[], seed: number) =>
  Float32Array.from({ length: shape.reduce((product, side) => product * side, 1) }, (_, i) =>
    i % 11 === 3 ? 0 : Math.sin(seed + 1.7 * i * i),
  )

type ConvolutionConfig = Parameters<typeof Tf.fused.conv2d>[0]
const convolution =
  (config: Partial<ConvolutionConfig>): Layer =>
  (tf, { input, variable, bias }) =>
    tf.fused.conv2d({
      x: input as Tf.Tensor4D,
      filter: variable as Tf.Tensor4D,
      strides: 1,
      pad: 'valid',
      ...(bias && { bias }),
      ...config,
    })
type ProductConfig = Parameters<typeof Tf.fused.matMul>[0]
const product =
  (config: Partial<ProductConfig>): Layer =>
  (tf, { input, variable, bias }) =>
    tf.fused.matMul({ a: input, b: variable, ...(bias && { bias }), ...config })

const images = { input: [3, 7, 8, 2], variable: [3, 3, 2, 5], bias: [5] }
const rows = { input: [6, 9], variable: [9, 13], bias: [13] }
const { bias: _, ...imagesWithoutBias } = images
const { bias: __, ...rowsWithoutBias } = rows

/** What layers do, of each kind: what our kernels fit and what they leave to tfjs. */
export const layers: Record<string, Case> = {
  'a convolution with relu': { ...images, layer: convolution({ activation: 'relu' }) },
  'a convolution': { ...images, layer: convolution({}) },
  'a convolution with padding': { ...images, layer: convolution({ pad: 'same', activation: 'relu' }) },
  'a convolution with strides': { ...images, layer: convolution({ strides: [2, 1], activation: 'relu' }) },
  'a convolution with padding and strides': { ...images, layer: convolution({ pad: 'same', strides: 2 }) },
  'a dilated convolution': { ...images, layer: convolution({ dilations: 2, activation: 'relu' }) },
  'a convolution of one image': {
    ...images,
    input: [7, 8, 2],
    layer: convolution({ activation: 'relu' }),
  },
  'a convolution without bias': { ...imagesWithoutBias, layer: convolution({}) },
  'a convolution with relu without bias': {
    ...imagesWithoutBias,
    layer: convolution({ activation: 'relu' }),
  },
  'a convolution with a bias for all': { ...images, bias: [1], layer: convolution({ activation: 'relu' }) },
  // More than one thread works on it; its channels do not fill vectors.
  'a large convolution': {
    input: [5, 90, 90, 1],
    variable: [3, 3, 1, 7],
    bias: [7],
    layer: convolution({ activation: 'relu' }),
  },
  'a product with relu': { ...rows, layer: product({ activation: 'relu' }) },
  'a product': { ...rows, layer: product({}) },
  'a product with a bias of one row': { ...rows, bias: [1, 13], layer: product({ activation: 'relu' }) },
  'a product with a bias of its own shape': {
    ...rows,
    bias: [6, 13],
    layer: product({ activation: 'relu' }),
  },
  'a product with a bias for all': { ...rows, bias: [1], layer: product({ activation: 'relu' }) },
  'a product without bias': { ...rowsWithoutBias, layer: product({}) },
  'a product with relu without bias': { ...rowsWithoutBias, layer: product({ activation: 'relu' }) },
  'a product with elu': { ...rows, layer: product({ activation: 'elu' }) },
  'a product of what is turned': {
    ...rows,
    input: [9, 6],
    layer: product({ transposeA: true, activation: 'relu' }),
  },
  'a product of batches': { input: [2, 3, 4], variable: [2, 4, 5], bias: [5], layer: product({}) },
  'a product of NaN and infinities': {
    ...rows,
    layer: (tf, given) =>
      product({ activation: 'relu' })(tf, {
        ...given,
        input: given.input.add([[0], [Number.NaN], [0], [Infinity], [-Infinity], [0]]),
      }),
  },
  'a small product': { input: [21, 30], variable: [30, 11], layer: product({}) },
  'a small product of what is turned': {
    input: [30, 21],
    variable: [11, 30],
    layer: product({ transposeA: true, transposeB: true }),
  },
  'a small product of one column': { input: [64, 5], variable: [5, 1], bias: [1], layer: product({}) },
  'a product of nothing': { input: [16, 0], variable: [0, 3], bias: [3], layer: product({}) },
  'a large product': {
    input: [130, 140],
    variable: [140, 70],
    bias: [70],
    layer: product({ activation: 'relu' }),
  },
  'a product of one row': {
    input: [1, 9],
    variable: [9, 1],
    bias: [1],
    layer: product({ activation: 'relu' }),
  },
}

/** The result, the gradients of all that went into it, and those of the gradients. */
export function differentiate(tf: typeof Tf, { layer, ...shapes }: Case) {
  const names = (['input', 'variable', 'bias'] as const).filter((name) => shapes[name])
  return tf.tidy(() => {
    const tensors = names.map((name, seed) => tf.tensor(values(shapes[name]!, seed), shapes[name]!))
    const call = (...given: Tf.Tensor[]) =>
      layer(tf, Object.fromEntries(names.map((name, i) => [name, given[i]])) as Variables)
    const y = call(...tensors)
    const dy = tf.tensor(values(y.shape, 9), y.shape)
    const penalty = (...given: Tf.Tensor[]) =>
      tf
        .grads(call)(given, dy)
        .reduce((sum, gradient) => sum.add(gradient.square().sum()), tf.scalar(0)) as Tf.Scalar
    return {
      result: [...y.dataSync()],
      once: valuesOrError(() => tf.grads(call)(tensors, dy)),
      twice: valuesOrError(() => tf.grads(penalty)(tensors)),
    }
  })
}

/** tfjs has no gradient of some: then that is the answer. */
function valuesOrError(gradients: () => Tf.Tensor[]) {
  try {
    return gradients().flatMap((gradient) => [...gradient.dataSync()])
  } catch (error) {
    return (error as Error).message
  }
}
