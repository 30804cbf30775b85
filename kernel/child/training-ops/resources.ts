import type { NativeTensorFlow, Ops, Output, Variable } from './ops'

/** TensorFlow's own variables beside those of tfjs: its training ops change nothing else. */
export type Resources = {
  /** The handle of one that has the variable's value. */
  of(variable: Variable): number
  /** Gives the variable what a training op has made of its own. */
  read(variable: Variable): void
}

/** `dataId`: the data of tfjs that it has the value of. */
type Resource = { handle: number; dataId: object | undefined }

/** A variable of this name belongs to whoever has its handle, and ends with it (`ResourceHandle::ANONYMOUS_NAME`). */
const anonymous = 'cd2c89b7-88b7-44c8-ad83-06c2a9158347'

/**
 * Both share one buffer between two steps; an op copies it before it writes, so that a tensor which somebody else
 * still holds keeps its values.
 */
export function createResources(tf: NativeTensorFlow, ops: Ops): Resources {
  const resources = new Map<Variable, Resource>()
  const dtype = [ops.float('dtype')]

  const engine = tf.engine()
  const { disposeVariable } = engine
  engine.disposeVariable = function (variable) {
    disposeVariable.call(this, variable)
    const resource = resources.get(variable as Variable)
    if (!resource) return
    resources.delete(variable as Variable)
    ops.release(resource.handle)
  }

  const create = (variable: Variable) => {
    const attributes = [
      ...dtype,
      ops.shape('shape', variable.shape),
      ops.string('container', ''),
      ops.string('shared_name', anonymous),
    ]
    const [{ id: handle }] = ops.execute('VarHandleOp', attributes, [], 1) as [Output]
    const resource: Resource = { handle, dataId: undefined }
    resources.set(variable, resource)
    return resource
  }

  return {
    of(variable) {
      const resource = resources.get(variable) ?? create(variable)
      // Mostly nobody but us has changed it since the last step.
      if (resource.dataId !== variable.dataId)
        ops.execute('AssignVariableOp', dtype, [resource.handle, ops.handle(variable)], 0)
      // Until it is read: what a Stop cuts off in between counts as not done.
      resource.dataId = undefined
      return resource.handle
    },
    read(variable) {
      const resource = resources.get(variable)!
      const value = ops.tensor(ops.execute('ReadVariableOp', dtype, [resource.handle], 1)[0]!)
      variable.assign(value)
      resource.dataId = value.dataId
      value.dispose()
    },
  }
}
