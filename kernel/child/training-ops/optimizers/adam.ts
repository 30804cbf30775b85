import type { Tensor, Variable } from '../ops'
import { type Optimizer, replaceSteps, type Slot, slotOf, type Training } from './apply'

type Adam = Optimizer & {
  learningRate: number
  beta1: number
  beta2: number
  epsilon: number
  accBeta1: Variable
  accBeta2: Variable
  accumulatedFirstMoment: Slot[]
  accumulatedSecondMoment: Slot[]
}

/** Adam by `ResourceApplyAdam`. */
export function replaceAdam(training: Training, prototype: Adam) {
  const { tf, ops, resources } = training
  const attributes = [ops.float('T'), ops.boolean('use_locking', false), ops.boolean('use_nesterov', false)]
  replaceSteps(training, prototype, (adam, updates) => {
    const beta2Power = adam.accBeta2.dataSync()[0]!
    // tfjs adds epsilon to the root of the corrected moment, the op to that of the moment itself.
    const epsilon = adam.epsilon * Math.sqrt(1 - beta2Power)
    const figures = [
      ops.handle(adam.accBeta1),
      ops.handle(adam.accBeta2),
      ...[adam.learningRate, adam.beta1, adam.beta2].map(ops.scalar),
    ]
    const given = ops.number(epsilon)
    for (const update of updates) {
      const first = slotOf(training, adam.accumulatedFirstMoment, update, 'm')
      const second = slotOf(training, adam.accumulatedSecondMoment, update, 'v')
      if (!update.gradient) continue
      const changed = [update.variable, first, second]
      const inputs = [...changed.map(resources.of), ...figures, given, ops.handle(update.gradient)]
      ops.execute('ResourceApplyAdam', attributes, inputs, 0)
      changed.forEach(resources.read)
    }
    ops.release(given)
    adam.accBeta1.assign(tf.mul(adam.accBeta1, adam.beta1) as Tensor)
    adam.accBeta2.assign(tf.mul(adam.accBeta2, adam.beta2) as Tensor)
  })
}
