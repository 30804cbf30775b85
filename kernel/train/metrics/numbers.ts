import type { Metric } from '../../../lib/protocol/training-result'

/** Of numbers that were told, and those that turned out to be true. */
export function numberMetrics(actual: Float64Array, predicted: Float64Array): Metric[] {
  const rows = actual.length
  let mean = 0
  for (const value of actual) mean += value / rows
  let [squares, absolute, spread] = [0, 0, 0]
  for (let i = 0; i < rows; i++) {
    const error = actual[i]! - predicted[i]!
    squares += error ** 2
    absolute += Math.abs(error)
    spread += (actual[i]! - mean) ** 2
  }
  const metrics: Metric[] = [
    { name: 'RMSE', value: Math.sqrt(squares / rows), better: 'lower' },
    { name: 'MAE', value: absolute / rows, better: 'lower' },
    { name: 'R²', value: 1 - squares / spread, better: 'higher' },
  ]
  return metrics.filter(({ value }) => Number.isFinite(value))
}
