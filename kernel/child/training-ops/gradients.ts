import type { NativeTensorFlow, Ops, Tensor } from './ops'

type Gradient = Record<string, () => Tensor>
export type GradientConfig = {
  kernelName: string
  inputsToSave?: string[]
  outputsToSave?: boolean[]
  gradFunc(dy: Tensor, saved: Tensor[], attributes: Record<string, unknown>): Gradient
}

/**
 * Gradients of what nets are made of, by the ops that TensorFlow has for them, where tfjs composes them. A gradient that
 * is itself differentiated is composed as ever, since these ops have none.
 */
export function replaceGradients(tf: NativeTensorFlow, ops: Ops) {
  const attributes = [ops.float('T')]
  const replace = (kernelName: string, input: string, gradient: (dy: Tensor, saved: Tensor[]) => Tensor) => {
    const shipped = tf.getGradient(kernelName)
    tf.registerGradient({
      ...shipped,
      gradFunc(dy, saved, given) {
        const { backendName, state } = tf.engine()
        const isPlain = backendName === 'tensorflow' && state.gradientDepth === 0 && dy.dtype === 'float32'
        return isPlain ? { [input]: () => gradient(dy, saved) } : shipped.gradFunc(dy, saved, given)
      },
    })
  }
  replace('Sigmoid', 'x', (dy, [y]) => ops.run('SigmoidGrad', attributes, [y!, dy]))
  replace('Tanh', 'x', (dy, [y]) => ops.run('TanhGrad', attributes, [y!, dy]))
  if (ops.own) replace('Relu', 'x', (dy, [x]) => ops.run('CellarReluGrad', [], [dy, x!]))
}
