import type { Engine, EngineTensor, TensorFlow } from '../tensorflow'
import type { GradientConfig } from './gradients'

/** A tensor of tfjs, as far as native ops need to know it. */
export type Tensor = EngineTensor & {
  id: number
  shape: number[]
  dtype: string
  size: number
  dataSync(): Float32Array
}
export type Variable = Tensor & { name: string; assign(value: Tensor): void }

/** What one of TensorFlow's ops gave: the number by which the binding knows it. */
export type Output = { id: number; shape: number[]; dtype: number }
export type Attribute = { name: string; type: number; value: unknown }

type Binding = Record<string, number> & {
  createTensor(shape: number[], dtype: number, values: ArrayLike<number>): number
  deleteTensor(id: number): void
  executeOp(name: string, attributes: Attribute[], inputs: number[], outputs: number): Output[]
}
/** What the backend has of a tensor. `id`: the handle that the binding knows it by. */
export type TensorData = { readonly id: number; refCount: number }
type Backend = {
  binding: Binding
  tensorMap: { get(dataId: object): TensorData }
  incRef(dataId: object): void
  getInputTensorIds(tensors: Tensor[]): number[]
  createOutputTensor(output: Output): Tensor
}

type OptimizerName = `${'SGD' | 'Momentum' | 'RMSProp' | 'Adam' | 'Adamax'}Optimizer`

export type PoolInfo = {
  padInfo: { top: number; left: number; type: string }
  filterHeight: number
  filterWidth: number
  strideHeight: number
  strideWidth: number
  outHeight: number
  outWidth: number
}

/** What a kernel gives: a tensor, or what one is made of. */
export type TensorInfo = Pick<Tensor, 'dataId' | 'shape' | 'dtype'>

export type KernelConfig = {
  kernelName: string
  backendName: string
  kernelFunc(call: {
    inputs: Record<string, Tensor>
    attrs: Record<string, unknown>
    backend: unknown
  }): TensorInfo
}

/** A product with what a layer does to it. */
export type FusedConfig = Record<string, unknown> & { bias?: unknown; activation?: unknown }

/** tfjs-node with the parts that its native ops are reached through. */
export type NativeTensorFlow = Omit<TensorFlow, 'engine'> & {
  backend(): Backend
  tidy<Value>(work: () => Value): Value
  zerosLike(tensor: Tensor): Tensor
  variable(value: Tensor, trainable: boolean): Variable
  mul(a: Tensor, b: Tensor | number): Tensor
  add(a: Tensor, b: Tensor | number): Tensor
  step(x: Tensor): Tensor
  sum(x: Tensor, axes: number[]): Tensor
  reshape(x: Tensor, shape: number[]): Tensor
  Tensor: new () => Tensor
  fused: Record<'matMul' | 'conv2d', (config: FusedConfig) => Tensor>
  backend_util: {
    computePool2DInfo(shape: number[], ...options: unknown[]): PoolInfo
  }
  getGradient(kernel: string): GradientConfig
  registerGradient(config: GradientConfig): void
  getKernel(kernel: string, backend: string): KernelConfig
  registerKernel(config: KernelConfig): void
  unregisterKernel(kernel: string, backend: string): void
  engine(): Engine & {
    backendName: string
    disposeVariable(variable: object): void
    runKernel(name: string, inputs: Record<string, Tensor>, attributes: Record<string, unknown>): Tensor
  }
} & Record<OptimizerName, { prototype: never }>

/** TensorFlow's ops by their own names, on handles: what the binding gives, without a tensor of tfjs around each. */
export type Ops = ReturnType<typeof createOps>

export function createOps(tf: NativeTensorFlow) {
  const backend = tf.backend()
  const { binding } = backend
  const scalars = new Map<number, number>()
  const attribute = (type: string) => (name: string, value: unknown) =>
    ({ name, type: binding[type]!, value }) as Attribute
  const type = attribute('TF_ATTR_TYPE')

  return {
    own: hasOwn(binding),
    /** The attribute that says of which type an op's numbers are. */
    float: (name: string) => type(name, binding.TF_FLOAT),
    int: attribute('TF_ATTR_INT'),
    string: attribute('TF_ATTR_STRING'),
    boolean: attribute('TF_ATTR_BOOL'),
    shape: attribute('TF_ATTR_SHAPE'),
    handle: (tensor: Tensor) => backend.getInputTensorIds([tensor])[0]!,
    data: (tensor: Tensor) => backend.tensorMap.get(tensor.dataId),
    /** The handle of a number. They are few and stay: rates and the like, the same at each step. */
    scalar(value: number) {
      const handle = scalars.get(value) ?? binding.createTensor([], binding.TF_FLOAT!, Float32Array.of(value))
      // The newest stand last. A rate that follows a schedule is another at each step: the oldest goes.
      scalars.delete(value)
      scalars.set(value, handle)
      if (scalars.size > maxScalars) {
        const [oldest, old] = scalars.entries().next().value!
        scalars.delete(oldest)
        binding.deleteTensor(old)
      }
      return handle
    },
    /** The handle of a number that is another each time: whoever asks for it releases it. */
    number: (value: number) => binding.createTensor([], binding.TF_FLOAT!, Float32Array.of(value)),
    execute: (name: string, attributes: Attribute[], inputs: number[], outputs: number) =>
      binding.executeOp(name, attributes, inputs, outputs),
    /** An op with one result, as a tensor of tfjs. */
    run: (name: string, attributes: Attribute[], inputs: Tensor[]) =>
      backend.createOutputTensor(
        binding.executeOp(name, attributes, backend.getInputTensorIds(inputs), 1)[0]!,
      ),
    /** An op with several results. */
    runAll: (name: string, attributes: Attribute[], inputs: Tensor[], outputs: number) =>
      binding
        .executeOp(name, attributes, backend.getInputTensorIds(inputs), outputs)
        .map((output) => backend.createOutputTensor(output)),
    /** What a kernel answers to say: the same data. */
    alias(tensor: Tensor): TensorInfo {
      backend.incRef(tensor.dataId)
      return { dataId: tensor.dataId, shape: tensor.shape, dtype: tensor.dtype }
    },
    tensor: (output: Output) => backend.createOutputTensor(output),
    release: (handle: number) => binding.deleteTensor(handle),
  }
}

const maxScalars = 64

export const sameShape = (a: number[], b: number[]) =>
  a.length === b.length && a.every((size, i) => size === b[i])

/**
 * Whether the binding is one that was built with all of `kernel/tensorflow-ops`, of which this is the newest: a package of
 * the person's own is not, nor one that an older Cellar built.
 */
function hasOwn(binding: Binding) {
  const int = (name: string, value: number[]) => ({ name, type: binding.TF_ATTR_INT!, value })
  const attributes = ['window', 'strides', 'padding', 'size'].map((name) =>
    int(name, name === 'padding' ? [0, 0] : [1, 1]),
  )
  const image = binding.createTensor([1, 1, 1, 1], binding.TF_FLOAT!, Float32Array.of(1))
  try {
    binding.deleteTensor(binding.executeOp('CellarMaxPool', attributes, [image], 1)[0]!.id)
    return true
  } catch {
    return false
  } finally {
    binding.deleteTensor(image)
  }
}
