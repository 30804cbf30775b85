import type { Tensor, Variable } from '../ops'
import { type Optimizer, replaceSteps, type Slot, slotOf, type Training } from './apply'

type Adamax = Optimizer & {
  learningRate: number
  beta1: number
  beta2: number
  epsilon: number
  decay: number
  iteration: Variable
  accBeta1: Variable
  accumulatedFirstMoment: Slot[]
  accumulatedWeightedInfNorm: Slot[]
}

/** Adamax by `ResourceApplyAdaMax`. */
export function replaceAdamax(training: Training, prototype: Adamax) {
  const { tf, ops, resources } = training
  const attributes = [ops.float('T'), ops.boolean('use_locking', false)]
  replaceSteps(training, prototype, (adamax, updates) => {
    const rate = adamax.learningRate / (adamax.iteration.dataSync()[0]! * adamax.decay + 1)
    const { beta1, beta2, epsilon } = adamax
    const given = ops.number(rate)
    const figures = [ops.handle(adamax.accBeta1), given, ...[beta1, beta2, epsilon].map(ops.scalar)]
    for (const update of updates) {
      const first = slotOf(training, adamax.accumulatedFirstMoment, update, 'm')
      const norm = slotOf(training, adamax.accumulatedWeightedInfNorm, update, 'v')
      if (!update.gradient) continue
      const changed = [update.variable, first, norm]
      const inputs = [...changed.map(resources.of), ...figures, ops.handle(update.gradient)]
      ops.execute('ResourceApplyAdaMax', attributes, inputs, 0)
      changed.forEach(resources.read)
    }
    ops.release(given)
    adamax.iteration.assign(tf.add(adamax.iteration, 1) as Tensor)
    adamax.accBeta1.assign(tf.mul(adamax.accBeta1, beta1) as Tensor)
  })
}
