import type { FusedConfig, NativeTensorFlow, Ops, Tensor } from './ops'

/** The products that layers are made of: a kernel of tfjs, what that one calls its inputs, and their rank. */
const products = {
  matMul: {
    kernel: 'BatchMatMul',
    inputs: ['a', 'b'],
    rank: 2,
    attributes: { transposeA: false, transposeB: false },
  },
  conv2d: {
    kernel: 'Conv2D',
    inputs: ['x', 'filter'],
    rank: 4,
    attributes: { dataFormat: 'NHWC', dilations: [1, 1] },
  },
} as const
type Product = keyof typeof products

const kernelName = (product: Product, relu: boolean) =>
  `Cellar${products[product].kernel}${relu ? 'Relu' : ''}`

/**
 * Product, bias and activation of a dense or convolutional layer as one kernel, also while gradients are taken, where
 * tfjs splits them up again. The bias is added and relu applied in the product's own memory, and one pass has the
 * gradient of both. What a layer seldom has (another activation, dilations, other types of number) is composed as ever.
 */
export function fuseLayers(tf: NativeTensorFlow, ops: Ops) {
  if (!ops.own) return
  for (const product of ['matMul', 'conv2d'] as const) {
    for (const relu of [false, true]) {
      registerKernel(tf, ops, product, relu)
      registerGradient(tf, ops, product, relu)
    }
    const shipped = tf.fused[product]
    tf.fused[product] = (config) => fusedCall(tf, product, config) ?? shipped(config)
  }
}

/** Undefined where one of our kernels does not fit. */
function fusedCall(tf: NativeTensorFlow, product: Product, config: FusedConfig) {
  const { inputs, rank, attributes } = products[product]
  const { bias, activation, [inputs[0]]: left, [inputs[1]]: right, ...options } = config
  const engine = tf.engine()
  const relu = activation === 'relu'
  const isPlain = (tensor: unknown): tensor is Tensor =>
    tensor instanceof tf.Tensor && tensor.dtype === 'float32'
  if (engine.backendName !== 'tensorflow' || engine.state.gradientDepth > 1) return undefined
  if (!relu && activation !== 'linear' && activation != null) return undefined
  if (!isPlain(left) || !isPlain(right) || left.shape.length !== rank || right.shape.length !== rank)
    return undefined
  if (left.shape[rank - 1] !== right.shape[rank - 2]) return undefined
  if (!(product === 'matMul' ? isUsualProduct(options) : isUsualConvolution(options))) return undefined
  const given = { [inputs[0]]: left, [inputs[1]]: right }
  if (bias == null) return engine.runKernel(kernelName(product, relu), given, { ...attributes, ...options })
  if (!isPlain(bias) || !isBias(bias, right)) return undefined
  return engine.runKernel(
    kernelName(product, relu),
    { ...given, bias },
    { ...attributes, ...options, biasShape: bias.shape },
  )
}

const isUsualProduct = ({ transposeA, transposeB }: FusedConfig) => !transposeA && !transposeB

const isUsualConvolution = ({ dataFormat, dilations, pad, dimRoundingMode }: FusedConfig) =>
  (dataFormat === undefined || dataFormat === 'NHWC') &&
  (dilations === undefined || [dilations].flat().every((dilation) => dilation === 1)) &&
  (pad === 'same' || pad === 'valid') &&
  dimRoundingMode === undefined

/** One value for each channel, which a dense layer gives as a matrix of one row. */
const isBias = ({ shape }: Tensor, right: Tensor) =>
  shape.at(-1) === right.shape.at(-1) &&
  (shape.length === 1 || (shape.length === 2 && right.shape.length === 2 && shape[0] === 1))

function registerKernel(tf: NativeTensorFlow, ops: Ops, product: Product, relu: boolean) {
  const shipped = tf.getKernel(products[product].kernel, 'tensorflow')
  const attributes = [ops.boolean('relu', relu)]
  tf.registerKernel({
    kernelName: kernelName(product, relu),
    backendName: 'tensorflow',
    kernelFunc(call) {
      const { bias } = call.inputs
      const made = shipped.kernelFunc(call) as Tensor
      if (!bias && !relu) return made
      // In place: nobody else has the product.
      const result = bias
        ? ops.run('CellarBiasAdd', attributes, [made, bias])
        : ops.run('Relu', [ops.float('T')], [made])
      made.dispose()
      return result
    },
  })
}

function registerGradient(tf: NativeTensorFlow, ops: Ops, product: Product, relu: boolean) {
  const { kernel, inputs } = products[product]
  const shipped = tf.getGradient(kernel)
  tf.registerGradient({
    kernelName: kernelName(product, relu),
    inputsToSave: [...inputs],
    outputsToSave: [relu],
    gradFunc(dy, saved, attributes) {
      const [left, right, y] = saved as [Tensor, Tensor, Tensor]
      const biasShape = attributes.biasShape as number[] | undefined
      const [below, biasGradient] = relu ? reluGradients(tf, ops, dy, y) : [dy]
      return {
        ...shipped.gradFunc(below, [left, right], attributes),
        ...(biasShape && { bias: () => tf.reshape(biasGradient ?? sumOfRows(tf, below), biasShape) }),
      }
    },
  })
}

/** The gradient of what relu was given, and of the bias, where that can be had at once. */
function reluGradients(
  tf: NativeTensorFlow,
  ops: Ops,
  dy: Tensor,
  y: Tensor,
): [below: Tensor, bias?: Tensor] {
  // Composed where it is itself differentiated.
  if (tf.engine().state.gradientDepth > 0) return [tf.mul(dy, tf.step(y))]
  return ops.runAll('CellarBiasReluGrad', [], [dy, y], 2) as [Tensor, Tensor]
}

const sumOfRows = (tf: NativeTensorFlow, dy: Tensor) =>
  tf.sum(
    dy,
    dy.shape.slice(0, -1).map((_, axis) => axis),
  )
