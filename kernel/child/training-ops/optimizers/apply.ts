import { type NativeTensorFlow, type Ops, sameShape, type Tensor, type Variable } from '../ops'
import type { Resources } from '../resources'

/** What a training op is made of. */
export type Training = { tf: NativeTensorFlow; ops: Ops; resources: Resources }

/** One variable's part of a step. `index`: where the optimizer keeps what belongs to it. */
export type Update = { index: number; variable: Variable; gradient: Tensor | undefined }

export type Optimizer = {
  applyGradients(gradients: Gradients): void
  incrementIterations(): void
}
export type Gradients = { name: string; tensor: Tensor | null }[] | Record<string, Tensor | null>

/** What an optimizer remembers of a variable, in the form that tfjs saves. */
export type Slot = { originalName: string; variable: Variable }

/**
 * Has an optimizer's steps made by one native op for each variable, where tfjs composes them of a dozen. What an op
 * cannot do (another backend, another type of number, a step that is itself differentiated) is done as ever.
 */
export function replaceSteps<O extends Optimizer>(
  { tf }: Training,
  prototype: O,
  step: (optimizer: O, updates: Update[]) => void,
  canStep: (optimizer: O) => boolean = () => true,
) {
  const { applyGradients } = prototype
  prototype.applyGradients = function (this: O, gradients) {
    const engine = tf.engine()
    const updates = updatesOf(engine.state.registeredVariables as Record<string, Variable>, gradients)
    const isPlain = ({ variable, gradient }: Update) =>
      variable?.dtype === 'float32' && (!gradient || sameShape(gradient.shape, variable.shape))
    if (
      engine.backendName !== 'tensorflow' ||
      engine.state.gradientDepth > 0 ||
      !updates.every(isPlain) ||
      !canStep(this)
    )
      return applyGradients.call(this, gradients)
    tf.tidy(() => step(this, updates))
    this.incrementIterations()
  }
}

const updatesOf = (variables: Record<string, Variable>, gradients: Gradients): Update[] =>
  (Array.isArray(gradients)
    ? gradients.map(({ name, tensor }) => [name, tensor] as const)
    : Object.entries(gradients)
  ).map(([name, gradient], index) => ({ index, variable: variables[name]!, gradient: gradient ?? undefined }))

/** What `slots` keeps for the variable: zeros at first. */
export function slotOf({ tf }: Training, slots: Slot[], { index, variable }: Update, suffix: string) {
  slots[index] ??= {
    originalName: `${variable.name}/${suffix}`,
    variable: tf.tidy(() => tf.variable(tf.zerosLike(variable), false)),
  }
  return slots[index].variable
}
