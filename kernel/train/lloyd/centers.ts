import { below, type Random } from '../random'
import type { Lloyd } from './lloyd'

/** The first centres: far from each other, yet where rows are (Arthur and Vassilvitskii, with the greedy choice of several). */
export function plusPlus(
  lloyd: Lloyd,
  rows: number,
  columns: number,
  k: number,
  random: Random,
): Float64Array {
  const centers = new Float64Array(k * columns)
  centers.set(lloyd.row(below(random, rows)))
  let nearest: Float64Array = Float64Array.from(lloyd.pass(centers, 1).distances.subarray(0, rows))
  const tries = 2 + Math.floor(Math.log(k))
  for (let c = 1; c < k; c++) {
    let best: { cost: number; center: Float64Array; distances: Float64Array } | undefined
    const total = sumOf(nearest)
    for (let t = 0; t < tries; t++) {
      const center = lloyd.row(drawn(nearest, total, random))
      const { distances } = lloyd.pass(center, 1)
      const next = new Float64Array(rows)
      let cost = 0
      for (let i = 0; i < rows; i++) {
        next[i] = Math.min(nearest[i]!, distances[i]!)
        cost += next[i]!
      }
      if (!best || cost < best.cost) best = { cost, center, distances: next }
    }
    centers.set(best!.center, c * columns)
    nearest = best!.distances
  }
  return centers
}

const rounds = 5

/**
 * k-means|| (Bahmani and others, 2012): a few passes each draw some 2 k rows, and the start is chosen from those by how many
 * rows are near them. Its passes do not grow with k.
 */
export function parallel(
  lloyd: Lloyd,
  { rows, columns, k, most }: { rows: number; columns: number; k: number; most: number },
  random: Random,
): Float64Array {
  const chosen: number[] = [below(random, rows)]
  const matrixOf = (numbers: number[]) => {
    const matrix = new Float64Array(numbers.length * columns)
    for (const [i, row] of numbers.entries()) matrix.set(lloyd.row(row), i * columns)
    return matrix
  }
  for (let round = 0; round < rounds && chosen.length < most; round++) {
    const { cost, distances } = lloyd.pass(matrixOf(chosen), chosen.length)
    if (cost === 0) break
    const share = (2 * k) / cost
    for (let i = 0; i < rows && chosen.length < most; i++)
      if (random() < share * distances[i]!) chosen.push(i)
  }
  const candidates = matrixOf(chosen)
  const weights = lloyd.pass(candidates, chosen.length).counts
  return weightedPlusPlus(candidates, weights, columns, k, random)
}

/** How many candidates `parallel` may choose. */
export const mostCandidates = (k: number) => 2 * k * rounds * 2 + 1

function weightedPlusPlus(
  points: Float64Array,
  weights: Float64Array,
  columns: number,
  k: number,
  random: Random,
): Float64Array {
  const count = weights.length
  const centers = new Float64Array(k * columns)
  const nearest = new Float64Array(count).fill(1)
  for (let c = 0; c < k; c++) {
    const scores = nearest.map((distance, i) => distance * weights[i]!)
    const at = drawn(scores, sumOf(scores), random)
    const center = points.subarray(at * columns, (at + 1) * columns)
    centers.set(center, c * columns)
    for (let i = 0; i < count; i++) {
      let distance = 0
      for (let j = 0; j < columns; j++) distance += (points[i * columns + j]! - center[j]!) ** 2
      nearest[i] = c === 0 ? distance : Math.min(nearest[i]!, distance)
    }
  }
  return centers
}

const sumOf = (values: Float64Array) => {
  let sum = 0
  for (const value of values) sum += value
  return sum
}

/** An index, each as likely as its score is large; any where all are 0. */
function drawn(scores: Float64Array, total: number, random: Random): number {
  if (total <= 0) return below(random, scores.length)
  let left = random() * total
  for (let i = 0; i < scores.length; i++) {
    left -= scores[i]!
    if (left < 0) return i
  }
  return scores.length - 1
}
