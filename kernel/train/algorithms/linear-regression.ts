import type { PredictorFormat } from '../../../lib/training/model-format'
import type { Matrix, Target } from '../data'
import { descend, gramOf, solveRidge } from '../linear/solve'
import type { Progress } from '../progress'

export type LinearParameters = {
  regularization: number
  elastic_net: number
  iterations: number
  tolerance: number
}

/**
 * Minimizes the mean of squares / 2 plus `regularization · (elastic_net |w|₁ + (1 − elastic_net) |w|² / 2)`; the intercept
 * is free. The matrix is standardized.
 */
export async function linearRegression(
  { rows, width, values }: Matrix,
  target: Extract<Target, { type: 'number' }>,
  { regularization, elastic_net, iterations, tolerance }: LinearParameters,
  progress: Progress,
): Promise<PredictorFormat> {
  const middle = meanOf(target.values)
  const middles = columnMeans(values, rows, width)
  const centred = Float64Array.from(values, (value, i) => value - middles[i % width]!)
  const gram = gramOf(
    centred,
    width,
    target.values.map((value) => value - middle),
  )
  const lasso = regularization * elastic_net
  const ridge = regularization * (1 - elastic_net)
  const weights =
    lasso === 0
      ? solveRidge(gram, rows * ridge)
      : await descend(gram, rows, { lasso, ridge, iterations, tolerance }, (round) =>
          progress.step(round, iterations, `round ${round}`),
        )
  let intercept = middle
  for (let j = 0; j < width; j++) intercept -= weights[j]! * middles[j]!
  return { kind: 'linear', coefficients: [Array.from(weights)], intercepts: [intercept], link: 'identity' }
}

function meanOf(values: Float64Array) {
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}

function columnMeans(values: Float64Array, rows: number, width: number): Float64Array {
  const sums = new Float64Array(width)
  for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < width; j++, at++) sums[j]! += values[at]!
  return sums.map((sum) => sum / rows)
}
