import type { PredictorFormat, Tree } from '../../../lib/training/model-format'
import type { Matrix, Target } from '../data'
import type { Progress } from '../progress'
import { seededRandom } from '../random'
import { type Bins, binColumns } from '../trees/bins'
import { growTree } from '../trees/grow'

export type BoostingParameters = {
  trees: number
  learning_rate: number
  max_depth: number
  min_rows: number
  regularization: number
  seed: number
}

/** Friedman's gradient boosting with Newton's steps: each round grows a tree for each output, against its gradients. */
export async function gradientBoostedTrees(
  matrix: Matrix,
  target: Target,
  categories: ReadonlySet<number>,
  parameters: BoostingParameters,
  progress: Progress,
): Promise<PredictorFormat> {
  const { rows } = matrix
  const bins = binColumns(matrix, categories)
  const base = baseOf(target)
  const scores = base.map((value) => new Float64Array(rows).fill(value))
  const gradients = base.map(() => new Float64Array(rows))
  const curvatures = target.type === 'number' ? null : base.map(() => new Float64Array(rows))
  const grown: Tree[] = []
  for (let round = 0; round < parameters.trees; round++) {
    const loss = slopes(target, scores, gradients, curvatures)
    for (const [output, sums] of gradients.entries()) {
      const weights = curvatures?.[output] ?? null
      grown.push({ ...grow(bins, sums, weights, scores[output]!, parameters), output })
    }
    await progress.step(round + 1, parameters.trees, `round ${round + 1}`, { loss })
  }
  const link = target.type === 'number' ? 'identity' : base.length === 1 ? 'logistic' : 'softmax'
  return { kind: 'trees', trees: grown, base, link, slope: 1 }
}

/** Grows a tree and adds it to the scores of its rows. */
function grow(
  bins: Bins,
  sums: Float64Array,
  weights: Float64Array | null,
  scores: Float64Array,
  { max_depth, min_rows, regularization, learning_rate, seed }: BoostingParameters,
): Omit<Tree, 'output'> {
  const rows = Int32Array.from({ length: bins.rows }, (_, i) => i)
  const tree = growTree(
    bins,
    { outputs: 1, sums, weights },
    rows,
    { maxDepth: max_depth, minRows: min_rows, regularization, random: seededRandom(seed) },
    (leaf, [value]) => {
      for (const row of leaf) scores[row]! += learning_rate * value!
    },
  )
  return { ...tree, weight: learning_rate }
}

/** What is said before the first tree. */
function baseOf(target: Target): number[] {
  if (target.type === 'number') {
    let sum = 0
    for (const value of target.values) sum += value
    return [sum / target.values.length]
  }
  const counts = new Float64Array(target.classes.length)
  for (const label of target.values) counts[label]!++
  if (counts.length === 2) return [Math.log(Math.max(counts[1]!, 0.5) / Math.max(counts[0]!, 0.5))]
  return Array.from(counts, (count) => Math.log(Math.max(count, 0.5) / target.values.length))
}

/** Writes the directions in which the loss falls, and its curvatures; answers with the mean loss. */
function slopes(
  target: Target,
  scores: Float64Array[],
  gradients: Float64Array[],
  curvatures: Float64Array[] | null,
): number {
  const rows = target.values.length
  let total = 0
  if (target.type === 'number') {
    for (let i = 0; i < rows; i++) {
      const error = target.values[i]! - scores[0]![i]!
      gradients[0]![i] = error
      total += error ** 2
    }
    return total / rows
  }
  if (scores.length === 1) {
    for (let i = 0; i < rows; i++) {
      const score = scores[0]![i]!
      const power = Math.exp(-Math.abs(score))
      const share = score >= 0 ? 1 / (1 + power) : power / (1 + power)
      const label = target.values[i]!
      total += Math.max(score, 0) + Math.log1p(power) - label * score
      gradients[0]![i] = label - share
      curvatures![0]![i] = Math.max(share * (1 - share), 1e-16)
    }
    return total / rows
  }
  for (let i = 0; i < rows; i++) {
    let most = -Infinity
    for (const each of scores) most = Math.max(most, each[i]!)
    let sum = 0
    for (const each of scores) sum += Math.exp(each[i]! - most)
    for (let o = 0; o < scores.length; o++) {
      const share = Math.exp(scores[o]![i]! - most) / sum
      const isOwn = target.values[i] === o
      if (isOwn) total -= Math.log(Math.max(share, 1e-300))
      gradients[o]![i] = (isOwn ? 1 : 0) - share
      curvatures![o]![i] = Math.max(share * (1 - share), 1e-16)
    }
  }
  return total / rows
}
