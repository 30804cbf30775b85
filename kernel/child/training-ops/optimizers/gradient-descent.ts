import type { Tensor } from '../ops'
import { type Optimizer, replaceSteps, type Slot, slotOf, type Training } from './apply'

/** `c` is the negative learning rate, as a tensor. */
type Sgd = Optimizer & { c: Tensor }

/** Plain gradient descent by `ResourceApplyGradientDescent`. */
export function replaceSgd(training: Training, prototype: Sgd) {
  const { ops, resources } = training
  const attributes = [ops.float('T'), ops.boolean('use_locking', false)]
  replaceSteps(training, prototype, (sgd, updates) => {
    const rate = ops.scalar(-sgd.c.dataSync()[0]!)
    for (const { variable, gradient } of updates) {
      if (!gradient) continue
      const inputs = [resources.of(variable), rate, ops.handle(gradient)]
      ops.execute('ResourceApplyGradientDescent', attributes, inputs, 0)
      resources.read(variable)
    }
  })
}

type Momentum = Sgd & { m: Tensor; useNesterov: boolean; accumulations: Slot[] }

/** Gradient descent with momentum by `ResourceApplyMomentum`. */
export function replaceMomentum(training: Training, prototype: Momentum) {
  const { ops, resources } = training
  replaceSteps(training, prototype, (momentum, updates) => {
    const attributes = [
      ops.float('T'),
      ops.boolean('use_locking', false),
      ops.boolean('use_nesterov', momentum.useNesterov),
    ]
    const rate = ops.scalar(-momentum.c.dataSync()[0]!)
    const share = ops.handle(momentum.m)
    for (const update of updates) {
      const accumulation = slotOf(training, momentum.accumulations, update, 'momentum')
      if (!update.gradient) continue
      const changed = [update.variable, accumulation]
      const inputs = [...changed.map(resources.of), rate, ops.handle(update.gradient), share]
      ops.execute('ResourceApplyMomentum', attributes, inputs, 0)
      changed.forEach(resources.read)
    }
  })
}
