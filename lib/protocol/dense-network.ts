import type { LayersModelLike, TensorLike } from './model-kind'

/** Rows of numbers → rows of numbers, one after the other. */
export type DenseNetwork = {
  /** Multiplications for each record. */
  work: number
  /** Numbers of a record, and of its prediction. */
  inputs: number
  outputs: number
  run(numbers: Float32Array, count: number): Float32Array
}

type LayerLike = {
  getClassName?(): string
  getConfig?(): { units?: unknown; activation?: unknown; useBias?: unknown }
  getWeights?(): TensorLike[]
}
type Layer = {
  inputs: number
  units: number
  kernel: Float32Array
  bias?: Float32Array
  activate: Activation
  /** For one record after the other: to allocate them each time took longer than the sums. */
  sums: Float64Array
  values: Float32Array
}
type Activation = (values: Float64Array) => void

const each = (f: (value: number) => number) => (values: Float64Array) => {
  for (let i = 0; i < values.length; i++) values[i] = f(values[i]!)
}

const activations: Record<string, Activation> = {
  linear: () => {},
  relu: each((value) => (value > 0 ? value : 0)),
  tanh: each(Math.tanh),
  sigmoid: each((value) => 1 / (1 + Math.exp(-value))),
  softmax(values) {
    const most = values.reduce((a, b) => Math.max(a, b))
    let sum = 0
    for (let i = 0; i < values.length; i++) {
      values[i] = Math.exp(values[i]! - most)
      sum += values[i]!
    }
    for (let i = 0; i < values.length; i++) values[i] = values[i]! / sum
  },
}

/**
 * A Sequential of dense layers without TensorFlow, for which calling TensorFlow takes longer than computing. Undefined where
 * it holds anything else. The weights are those of now.
 */
export function denseNetwork(model: LayersModelLike): DenseNetwork | undefined {
  if ((model as LayerLike).getClassName?.() !== 'Sequential' || !model.layers) return
  const layers: Layer[] = []
  for (const layer of model.layers as LayerLike[]) {
    const name = layer.getClassName?.()
    // What does nothing beside training.
    if (name === 'InputLayer' || name === 'Dropout') continue
    const read = name === 'Dense' ? denseLayer(layer) : undefined
    if (!read || (layers.length > 0 && read.inputs !== layers.at(-1)!.units)) return
    layers.push(read)
  }
  if (layers.length === 0) return
  return {
    work: layers.reduce((sum, { inputs, units }) => sum + inputs * units, 0),
    inputs: layers[0]!.inputs,
    outputs: layers.at(-1)!.units,
    run: (numbers, count) => run(layers, numbers, count),
  }
}

function denseLayer(layer: LayerLike): Layer | undefined {
  const { activation } = layer.getConfig?.() ?? {}
  const activate = typeof activation === 'string' ? activations[activation] : undefined
  const [kernel, bias, ...more] = layer.getWeights?.() ?? []
  if (!activate || !kernel || kernel.shape.length !== 2 || more.length > 0) return
  const numbers = [kernel, bias].map((tensor) => tensor && Float32Array.from(tensor.dataSync()))
  // A zero is left out below: that is exact only among finite numbers.
  if (!numbers.every((list) => !list || list.every(Number.isFinite))) return
  const [inputs, units] = kernel.shape as [number, number]
  return {
    inputs,
    units,
    kernel: numbers[0]!,
    bias: numbers[1],
    activate,
    sums: new Float64Array(units),
    values: new Float32Array(units),
  }
}

/** Sums are made in double precision and kept in single precision, as the layers of TensorFlow hand them on. */
function run(layers: Layer[], numbers: Float32Array, count: number): Float32Array {
  const { units: width } = layers.at(-1)!
  const outputs = new Float32Array(count * width)
  for (let row = 0; row < count; row++) {
    let given = numbers.subarray(row * layers[0]!.inputs, (row + 1) * layers[0]!.inputs)
    for (const { inputs, units, kernel, bias, activate, sums, values } of layers) {
      if (bias) sums.set(bias)
      else sums.fill(0)
      for (let i = 0; i < inputs; i++) {
        const value = given[i]!
        if (value === 0) continue
        for (let u = 0, at = i * units; u < units; u++, at++) sums[u]! += value * kernel[at]!
      }
      activate(sums)
      values.set(sums)
      given = values
    }
    outputs.set(given, row * width)
  }
  return outputs
}
