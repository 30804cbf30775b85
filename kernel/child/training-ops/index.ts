import { fuseLayers } from './fused'
import { replaceGradients } from './gradients'
import { replaceKernels } from './kernels'
import { createOps, type NativeTensorFlow } from './ops'
import { replaceAdam } from './optimizers/adam'
import { replaceAdamax } from './optimizers/adamax'
import { replaceMomentum, replaceSgd } from './optimizers/gradient-descent'
import { replaceRmsProp } from './optimizers/rmsprop'
import { createResources } from './resources'

/** Has tfjs-node train by TensorFlow's own training ops and gradients. What a net learns stays the same. */
export function installTrainingOps(tf: NativeTensorFlow) {
  const ops = createOps(tf)
  const training = { tf, ops, resources: createResources(tf, ops) }
  replaceSgd(training, tf.SGDOptimizer.prototype)
  replaceMomentum(training, tf.MomentumOptimizer.prototype)
  replaceRmsProp(training, tf.RMSPropOptimizer.prototype)
  replaceAdam(training, tf.AdamOptimizer.prototype)
  replaceAdamax(training, tf.AdamaxOptimizer.prototype)
  replaceGradients(tf, ops)
  replaceKernels(tf, ops)
  fuseLayers(tf, ops)
}
