import type { KernelConfig, NativeTensorFlow, Ops, Tensor } from './ops'

/** Kernels of tfjs-node that ask more of TensorFlow than they need. */
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
}
