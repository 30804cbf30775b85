import { type DenseNetwork, denseNetwork } from './dense-network'
import { type ModelInput, numbersOf } from './model-input'
import type { LayersModelLike } from './model-kind'

type Call = (records: unknown[]) => unknown[]

/** Multiplications in one call up to which TensorFlow takes longer to be called than this takes to compute. */
const mostWork = 150_000
/** Of a number, or of one: what two orders of summing may differ in. */
const tolerance = 1e-6

/**
 * Calls of a small dense network without TensorFlow, all others by `call`. The first small call is made both ways: only where
 * both give the same is TensorFlow left out from then on. What is not finite is TensorFlow's to say.
 */
export function withoutTensorflow(model: LayersModelLike, inputs: readonly ModelInput[], call: Call): Call {
  const [input] = inputs
  if (!input || inputs.length > 1 || input.dtype !== 'float32' || input.shape?.length !== 1) return call
  let network: DenseNetwork | undefined
  let agreed: boolean | undefined

  function compute({ inputs, outputs, run }: DenseNetwork, records: unknown[]) {
    const numbers = numbersOf(input!, records)
    if (numbers?.length !== records.length * inputs || !numbers.every(Number.isFinite)) return
    const answers = run(numbers as Float32Array, records.length)
    if (!answers.every(Number.isFinite)) return
    return records.map((_, i) => Array.from(answers.subarray(i * outputs, (i + 1) * outputs)))
  }

  return (records) => {
    if (agreed === false) return call(records)
    // Now, and not before: weights may change until the first call.
    network ??= denseNetwork(model)
    if (!network) agreed = false
    if (!network || network.work * records.length > mostWork) return call(records)
    const computed = compute(network, records)
    if (agreed && computed) return computed
    const predicted = call(records)
    if (computed) agreed = isClose(computed, predicted)
    return predicted
  }
}

function isClose(computed: number[][], predicted: unknown[]) {
  return computed.every((row, i) => {
    const other = predicted[i]
    return (
      Array.isArray(other) &&
      other.length === row.length &&
      row.every(
        (value, j) =>
          typeof other[j] === 'number' &&
          Math.abs(value - other[j]) <= tolerance * Math.max(1, Math.abs(value)),
      )
    )
  })
}
