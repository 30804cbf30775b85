/** Numbers of a row → what the model says: of clusters the distances, else numbers by output or the classes' probabilities. */
export type Outputs = (row: Float64Array) => Float64Array

/** Raw numbers as what they stand for; two probabilities of a single logistic one. */
export function linked(
  raw: Float64Array,
  link: 'identity' | 'logistic' | 'softmax' | 'shares',
): Float64Array {
  switch (link) {
    case 'identity':
      return raw
    case 'logistic': {
      const second = sigmoid(raw[0]!)
      return Float64Array.of(1 - second, second)
    }
    case 'softmax': {
      const most = Math.max(...raw)
      const powers = raw.map((value) => Math.exp(value - most))
      return divided(powers)
    }
    case 'shares':
      return divided(raw)
  }
}

/** Without overflow on either side. */
export const sigmoid = (value: number) =>
  value >= 0 ? 1 / (1 + Math.exp(-value)) : Math.exp(value) / (1 + Math.exp(value))

function divided(values: Float64Array): Float64Array {
  const sum = values.reduce((total, value) => total + value, 0)
  return values.map((value) => value / sum)
}
