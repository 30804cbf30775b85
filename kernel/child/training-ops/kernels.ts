import type { KernelConfig, NativeTensorFlow, Ops, PoolInfo, Tensor } from './ops'
import { sameShape } from './ops'

/** Kernels of tfjs-node for which TensorFlow has a shorter way, or we have (`kernel/tensorflow-ops`). */
export function replaceKernels(tf: NativeTensorFlow, ops: Ops) {
  const replace = (
    kernelName: string,
    replacement: (shipped: KernelConfig) => KernelConfig['kernelFunc'],
  ) => {
    const shipped = tf.getKernel(kernelName, 'tensorflow')
    tf.unregisterKernel(kernelName, 'tensorflow')
    tf.registerKernel({ ...shipped, kernelFunc: replacement(shipped) })
  }
  const float = [ops.float('T')]

  // The gradient of relu is made of it. Exact also for NaN, which stays one; the kernel makes it of seven ops.
  replace('Step', (shipped) => (call) => {
    const { x } = call.inputs as { x: Tensor }
    if (call.attrs.alpha !== 0 || x.dtype !== 'float32') return shipped.kernelFunc(call)
    return tf.tidy(() => ops.run('Sign', float, [ops.run('Relu', float, [x])]))
  })

  // A tape is full of casts and reshapes to what a tensor is already: the data is shared, as it is for a clone.
  replace('Cast', (shipped) => (call) => {
    const { x } = call.inputs as { x: Tensor }
    return call.attrs.dtype === x.dtype && x.dtype === 'float32' ? ops.alias(x) : shipped.kernelFunc(call)
  })
  replace('Reshape', (shipped) => (call) => {
    const { x } = call.inputs as { x: Tensor }
    return x.dtype === 'float32' && sameShape(call.attrs.shape as number[], x.shape)
      ? ops.alias(x)
      : shipped.kernelFunc(call)
  })

  if (!ops.own) return
  replace('BatchMatMul', (shipped) => (call) => {
    const { a, b } = call.inputs as { a: Tensor; b: Tensor }
    const { transposeA, transposeB } = call.attrs as { transposeA: boolean; transposeB: boolean }
    if (!isSmallProduct(a, b, transposeA, transposeB)) return shipped.kernelFunc(call)
    const transposes = [ops.boolean('transpose_a', transposeA), ops.boolean('transpose_b', transposeB)]
    return ops.run('CellarSmallProduct', transposes, [a, b])
  })

  // TensorFlow's own take four and ten times as long.
  replace('MaxPool', (shipped) => (call) => {
    const { x } = call.inputs as { x: Tensor }
    const pool = poolOf(tf, x, call.attrs as PoolAttributes)
    if (!pool || x.dtype !== 'float32') return shipped.kernelFunc(call)
    const size = ops.int('size', [pool.outHeight, pool.outWidth])
    return ops.run('CellarMaxPool', [...windowOf(ops, pool), size], [x])
  })
  replace('MaxPoolGrad', (shipped) => (call) => {
    const { dy, input } = call.inputs as { dy: Tensor; input: Tensor }
    const pool = poolOf(tf, input, call.attrs as PoolAttributes)
    if (!pool || input.dtype !== 'float32' || dy.dtype !== 'float32') return shipped.kernelFunc(call)
    return ops.run('CellarMaxPoolGrad', windowOf(ops, pool), [dy, input])
  })
}

/** Undefined for what tfjs-node refuses. */
function poolOf(tf: NativeTensorFlow, images: Tensor, attributes: PoolAttributes) {
  const { filterSize, strides, pad, dimRoundingMode } = attributes
  const info = tf.backend_util.computePool2DInfo(images.shape, filterSize, strides, 1, pad, dimRoundingMode)
  return info.padInfo.type === 'VALID' || info.padInfo.type === 'SAME' ? info : undefined
}

const windowOf = (ops: Ops, { filterHeight, filterWidth, strideHeight, strideWidth, padInfo }: PoolInfo) => [
  ops.int('window', [filterHeight, filterWidth]),
  ops.int('strides', [strideHeight, strideWidth]),
  ops.int('padding', [padInfo.top, padInfo.left]),
]

/**
 * Whether one thread has multiplied two matrices before BatchMatMul has woken another, which it does from some rows on.
 * Eight columns take no longer than one.
 */
function isSmallProduct(a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean) {
  if (![a, b].every(({ shape, dtype }) => shape.length === 2 && dtype === 'float32')) return false
  const rows = a.shape[transposeA ? 1 : 0]!
  const columns = b.shape[transposeB ? 0 : 1]!
  return rows >= 16 && a.size * 8 * Math.ceil(columns / 8) <= 2 ** 20
}

type PoolAttributes = {
  filterSize: number | [number, number]
  strides: number | [number, number]
  pad: unknown
  dimRoundingMode: unknown
}
