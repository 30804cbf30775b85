import type { FeatureEncoding } from '../../lib/training/model-format'
import { widthOf } from '../../lib/training/model-format'
import type { Outputs } from '../serve/model/trained/link'
import type { Matrix, Target } from './data'
import { logLossOf } from './metrics/classes'
import { sample, seededRandom, shuffle } from './random'

const mostRows = 2000
/** Rows × columns that are answered. */
const mostAnswers = 100_000

/**
 * How much worse answers get when one column's values are dealt to other rows: log loss for classes, root of the mean
 * square for numbers (Breiman's permutation importance). The largest first.
 */
export function importanceOf(
  matrix: Matrix,
  target: Target,
  features: FeatureEncoding[],
  outputs: Outputs,
): { column: string; value: number }[] {
  const random = seededRandom(7)
  const count = Math.max(100, Math.min(mostRows, Math.floor(mostAnswers / features.length)))
  const chosen = sample(matrix.rows, count, random)
  const { width, values } = matrix
  const rows = Array.from(chosen, (row) => values.slice(row * width, (row + 1) * width))
  const score = (changed: Float64Array[]) => lossOf(target, chosen, changed.map(outputs))
  const base = score(rows)
  let at = 0
  const found = features.map((feature) => {
    const size = widthOf(feature)
    const from = at
    at += size
    const dealt = shuffle(
      Int32Array.from({ length: rows.length }, (_, i) => i),
      random,
    )
    const changed = rows.map((row, i) => {
      const copy = row.slice()
      copy.set(rows[dealt[i]!]!.subarray(from, from + size), from)
      return copy
    })
    return { column: feature.column, value: Math.max(0, score(changed) - base) }
  })
  return found.sort((a, b) => b.value - a.value)
}

function lossOf(target: Target, rows: Int32Array, said: Float64Array[]): number {
  if (target.type === 'number') {
    const squares = said.reduce((sum, [value], i) => sum + (value! - target.values[rows[i]!]!) ** 2, 0)
    return Math.sqrt(squares / rows.length)
  }
  const classes = target.classes.length
  const probabilities = new Float64Array(rows.length * classes)
  for (const [i, each] of said.entries()) probabilities.set(each, i * classes)
  return logLossOf({ labels: Int32Array.from(rows, (row) => target.values[row]!), probabilities, classes })
}
