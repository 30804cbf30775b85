import { type Optimizer, replaceSteps, type Slot, slotOf, type Training } from './apply'

type RmsProp = Optimizer & {
  learningRate: number
  decay: number
  momentum: number
  epsilon: number
  centered: boolean
  accumulatedMeanSquares: Slot[]
  accumulatedMoments: Slot[]
}

/** RMSProp by `ResourceApplyRMSProp`, but for the centred one, which tfjs defines otherwise than TensorFlow. */
export function replaceRmsProp(training: Training, prototype: RmsProp) {
  const { ops, resources } = training
  const attributes = [ops.float('T'), ops.boolean('use_locking', false)]
  const step = (rmsprop: RmsProp, updates: Parameters<Parameters<typeof replaceSteps>[2]>[1]) => {
    const { learningRate, decay, momentum, epsilon } = rmsprop
    const figures = [learningRate, decay, momentum, epsilon].map(ops.scalar)
    for (const update of updates) {
      const squares = slotOf(training, rmsprop.accumulatedMeanSquares, update, 'rms')
      const moments = slotOf(training, rmsprop.accumulatedMoments, update, 'momentum')
      if (!update.gradient) continue
      const changed = [update.variable, squares, moments]
      const inputs = [...changed.map(resources.of), ...figures, ops.handle(update.gradient)]
      ops.execute('ResourceApplyRMSProp', attributes, inputs, 0)
      changed.forEach(resources.read)
    }
  }
  replaceSteps(training, prototype, step, ({ centered }) => !centered)
}
