import type { PredictorFormat } from '../../../../lib/training/model-format'
import { linked, type Outputs, sigmoid } from './link'

type Network = Extract<PredictorFormat, { kind: 'network' }>

const activations = {
  linear: (value: number) => value,
  relu: (value: number) => Math.max(0, value),
  tanh: Math.tanh,
  sigmoid,
  elu: (value: number) => (value > 0 ? value : Math.expm1(value)),
}

/** Dense layers, without TensorFlow: a record of so few numbers is answered in microseconds, and nothing need be loaded. */
export function compileNetwork({ layers, link }: Network): Outputs {
  const compiled = layers.map(({ units, activation, weights }) => {
    const bytes = Buffer.from(weights, 'base64')
    const numbers = new Float32Array(bytes.length / 4).map((_, i) => bytes.readFloatLE(4 * i))
    return { units, numbers, activate: activations[activation] }
  })
  return (row) => {
    let values = row
    for (const { units, numbers, activate } of compiled) {
      const inputs = numbers.length / units - 1
      // The biases stand last.
      const next = Float64Array.from(numbers.subarray(inputs * units))
      for (let i = 0; i < inputs; i++) {
        const value = values[i]!
        if (value === 0) continue
        for (let u = 0, at = i * units; u < units; u++, at++) next[u]! += value * numbers[at]!
      }
      for (let u = 0; u < units; u++) next[u] = activate(next[u]!)
      values = next
    }
    return linked(values, link)
  }
}
