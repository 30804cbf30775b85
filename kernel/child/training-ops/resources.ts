import type { NativeTensorFlow, Ops, Output, TensorData, Variable } from './ops'

/** TensorFlow's own variables beside those of tfjs: its training ops change nothing else. */
export type Resources = {
  /** The handle of one that has the variable's value, for an op that changes it. */
  of(variable: Variable): number
  /** After that op: gives the variable what it has made. */
  read(variable: Variable): void
}

/** `dataId`: the data of tfjs that it has the value of. `lazy`: that data, where nothing else has the value. */
type Resource = { handle: number; dataId: object | undefined; lazy?: TensorData }

/** Data of a variable whose handle is there once somebody asks for it. */
type LazyData = { resource: Resource; forget(): void }

/** A variable of this name belongs to whoever has its handle, and ends with it (`ResourceHandle::ANONYMOUS_NAME`). */
const anonymous = 'cd2c89b7-88b7-44c8-ad83-06c2a9158347'

/**
 * Where nobody else has a variable's data, its value is in the resource alone: ops change it in place, and what nobody
 * reads, as most of what optimizers remember, is never read. Where somebody has (a clone), both share one buffer, which an
 * op copies before it writes: the clone keeps its values, and the variable is given other data.
 */
export function createResources(tf: NativeTensorFlow, ops: Ops): Resources {
  const resources = new Map<Variable, Resource>()
  const lazyData = new WeakMap<TensorData, LazyData>()
  const dtype = [ops.float('dtype')]

  const engine = tf.engine()
  const { disposeVariable } = engine
  engine.disposeVariable = function (variable) {
    disposeVariable.call(this, variable)
    const resource = resources.get(variable as Variable)
    if (!resource) return
    resources.delete(variable as Variable)
    keepValues(resource)
    ops.release(resource.handle)
  }
  /** The resource is about to have another value: a clone that outlives the variable's data keeps the old one. */
  const keepValues = ({ lazy }: Resource) => void (lazy && lazy.refCount > 0 && lazy.id)

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
  const readResource = ({ handle }: Resource) => ops.execute('ReadVariableOp', dtype, [handle], 1)[0]!

  /** The data's handle becomes what the resource has when it is asked for. */
  const makeLazy = (data: TensorData, resource: Resource): LazyData => {
    let known: number | undefined = data.id
    Object.defineProperty(data, 'id', {
      enumerable: true,
      get() {
        known ??= readResource(resource).id
        return known
      },
    })
    const made = {
      resource,
      forget() {
        const handle = known
        known = undefined
        if (handle !== undefined) ops.release(handle)
      },
    }
    lazyData.set(data, made)
    return made
  }

  return {
    of(variable) {
      const resource = resources.get(variable) ?? create(variable)
      // Mostly nobody but us has changed it since the last step.
      if (resource.dataId !== variable.dataId) {
        keepValues(resource)
        ops.execute('AssignVariableOp', dtype, [resource.handle, ops.handle(variable)], 0)
        resource.lazy = undefined
        resource.dataId = variable.dataId
      }
      const data = ops.data(variable)
      const lazy = lazyData.get(data)
      // Data that came from another variable stays with that one's resource.
      if (data.refCount === 1 && (!lazy || lazy.resource === resource)) {
        resource.lazy = data
        const { forget } = lazy ?? makeLazy(data, resource)
        forget()
        return resource.handle
      }
      keepValues(resource)
      resource.lazy = undefined
      // Until it is read: what a Stop cuts off in between counts as not done.
      resource.dataId = undefined
      return resource.handle
    },
    read(variable) {
      const resource = resources.get(variable)!
      if (resource.dataId === variable.dataId) return
      const value = ops.tensor(readResource(resource))
      variable.assign(value)
      resource.dataId = value.dataId
      value.dispose()
    },
  }
}
