import type * as Tf from '@tensorflow/tfjs-node'

/** Every optimizer of tfjs, those too whose steps stay composed. */
export const optimizers: Record<string, (tf: typeof Tf) => Tf.Optimizer> = {
  sgd: (tf) => tf.train.sgd(0.1),
  momentum: (tf) => tf.train.momentum(0.05, 0.9),
  'momentum of Nesterov': (tf) => tf.train.momentum(0.05, 0.9, true),
  adam: (tf) => tf.train.adam(0.1),
  'adam with a large epsilon': (tf) => tf.train.adam(0.1, 0.8, 0.9, 0.5),
  adamax: (tf) => tf.train.adamax(0.1, 0.9, 0.999, undefined, 0.01),
  rmsprop: (tf) => tf.train.rmsprop(0.05, 0.9, 0.5),
  'centred rmsprop': (tf) => tf.train.rmsprop(0.05, 0.9, 0, 1e-3, true),
  adagrad: (tf) => tf.train.adagrad(0.3),
  adadelta: (tf) => tf.train.adadelta(1),
}

/** Fifty steps to the least of a function of two variables, one of which has no gradient at first. */
export async function trainByOptimizer(tf: typeof Tf, optimizer: Tf.Optimizer) {
  const before = tf.memory().numTensors
  const a = tf.variable(tf.tensor2d([3, -2, 0.5, 1], [2, 2]))
  const b = tf.variable(tf.scalar(2))
  const values: number[] = []
  for (let step = 0; step < 50; step++) {
    const { value, grads } = tf.variableGrads(() => {
      const bowl = a.square().mul([1, 3]).sum() as Tf.Scalar
      return step < 3 ? bowl : (bowl.add(b.sub(1).square()) as Tf.Scalar)
    }, [a, b])
    optimizer.applyGradients([a, b].map(({ name }) => ({ name, tensor: grads[name] }) as never))
    values.push(value.dataSync()[0]!, ...a.dataSync(), ...b.dataSync())
    tf.dispose([value, grads])
  }
  const saved = await optimizer.getWeights().catch(() => [])
  for (const { tensor } of saved) values.push(...(tensor.dtype === 'float32' ? tensor.dataSync() : []))
  const weights = saved.map(({ name, tensor }) => `${name.replace(/\d+/, '')} ${tensor.shape}`)
  const left = tf.memory().numTensors - before
  return { values, weights, left, iterations: optimizer.iterations }
}
