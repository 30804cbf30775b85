import type { Tree } from '../../../lib/training/model-format'
import type { Random } from '../random'
import { shuffle } from '../random'
import type { Bins } from './bins'

/**
 * What a tree is grown for. Its leaves hold `Σ sum / (Σ weight + regularization)`, and a question is as good as it raises
 * `Σ (Σ sum)² / (Σ weight + regularization)`: with class counts that is Gini's measure, with numbers the variance, with
 * gradients and curvatures Newton's step.
 */
export type Goal =
  | { outputs: 1; sums: Float64Array; weights: Float64Array | null }
  /** The sum of a class is how many rows it has. */
  | { outputs: number; labels: Int32Array; weights: null }

export type GrowOptions = {
  maxDepth: number
  minRows: number
  regularization: number
  /** Columns that are looked at for each question; all without. */
  columnsPerNode?: number
  random: Random
}

type Question = { column: number; gain: number; bin: number; lefts: boolean[] | null }
type Node = { id: number; first: number; end: number; depth: number }

/** Grows a tree of rows, which are put into the order of its leaves. `onLeaf` is told each leaf's rows and numbers. */
export function growTree(
  bins: Bins,
  goal: Goal,
  rows: Int32Array,
  { maxDepth, minRows, regularization, columnsPerNode, random }: GrowOptions,
  onLeaf?: (rows: Int32Array, values: Float64Array) => void,
): Omit<Tree, 'weight' | 'output'> {
  const { outputs } = goal
  const tree = { feature: [], threshold: [], left: [], right: [], values: [], categories: {} } as {
    feature: number[]
    threshold: number[]
    left: number[]
    right: number[]
    values: number[]
    categories: Record<string, number[]>
  }
  const spare = new Int32Array(rows.length)
  const order = Array.from(bins.columns, (_, j) => j)
  const histogram = createHistogram(bins, goal)
  const push = () => {
    tree.feature.push(-1)
    tree.threshold.push(0)
    tree.left.push(-1)
    tree.right.push(-1)
    for (let o = 0; o < outputs; o++) tree.values.push(0)
    return tree.feature.length - 1
  }
  const open: Node[] = [{ id: push(), first: 0, end: rows.length, depth: 0 }]
  while (open.length > 0) {
    const { id, first, end, depth } = open.pop()!
    const { sums, weight } = totalOf(goal, rows, first, end)
    const values = sums.map((sum) => sum / (weight + regularization || 1))
    for (let o = 0; o < outputs; o++) tree.values[id * outputs + o] = values[o]!
    const looked = columnsPerNode ? shuffle(order, random) : order
    const question =
      depth < maxDepth && end - first >= 2 * minRows
        ? ask(
            histogram,
            bins,
            looked,
            columnsPerNode ?? order.length,
            { rows, first, end },
            {
              sums,
              weight,
              minRows,
              regularization,
            },
          )
        : undefined
    if (!question) {
      onLeaf?.(rows.subarray(first, end), values)
      continue
    }
    const { column, bin, lefts } = question
    const middle = divide(rows, spare, first, end, bins.columns[column]!.bins, bin, lefts)
    tree.feature[id] = column
    tree.threshold[id] = bins.columns[column]!.edges?.[bin] ?? 0
    if (lefts) tree.categories[id] = lefts.flatMap((left, place) => (left ? [place] : []))
    const left = push()
    const right = push()
    tree.left[id] = left
    tree.right[id] = right
    open.push(
      { id: right, first: middle, end, depth: depth + 1 },
      { id: left, first, end: middle, depth: depth + 1 },
    )
  }
  const { categories, ...plain } = tree
  return Object.keys(categories).length > 0 ? tree : plain
}

function totalOf(goal: Goal, rows: Int32Array, first: number, end: number) {
  const sums = new Float64Array(goal.outputs)
  let weight = end - first
  if ('labels' in goal) for (let i = first; i < end; i++) sums[goal.labels[rows[i]!]!]!++
  else for (let i = first; i < end; i++) sums[0]! += goal.sums[rows[i]!]!
  if (goal.weights) {
    weight = 0
    for (let i = first; i < end; i++) weight += goal.weights[rows[i]!]!
  }
  return { sums, weight }
}

type Histogram = {
  counts: Float64Array
  weights: Float64Array
  /** `outputs` numbers for each bin. */
  sums: Float64Array
  fill(column: number, rows: Int32Array, first: number, end: number): void
  outputs: number
}

function createHistogram({ columns }: Bins, goal: Goal): Histogram {
  const { outputs } = goal
  const counts = new Float64Array(256)
  // Where no row has a weight, counts are the weights.
  const weights = goal.weights ? new Float64Array(256) : counts
  const sums = new Float64Array(256 * outputs)
  return {
    counts,
    weights,
    sums,
    outputs,
    fill(column, rows, first, end) {
      const { bins, count } = columns[column]!
      counts.fill(0, 0, count)
      weights.fill(0, 0, count)
      sums.fill(0, 0, count * outputs)
      if ('labels' in goal) {
        for (let i = first; i < end; i++) {
          const row = rows[i]!
          const bin = bins[row]!
          counts[bin]!++
          sums[bin * outputs + goal.labels[row]!]!++
        }
      } else if (goal.weights) {
        for (let i = first; i < end; i++) {
          const row = rows[i]!
          const bin = bins[row]!
          counts[bin]!++
          sums[bin]! += goal.sums[row]!
          weights[bin]! += goal.weights[row]!
        }
      } else {
        for (let i = first; i < end; i++) {
          const row = rows[i]!
          const bin = bins[row]!
          counts[bin]!++
          sums[bin]! += goal.sums[row]!
        }
      }
    },
  }
}

type Range = { rows: Int32Array; first: number; end: number }
type Totals = { sums: Float64Array; weight: number; minRows: number; regularization: number }

/** The best question that can be asked of some columns; undefined where none tells anything. */
function ask(
  histogram: Histogram,
  { columns }: Bins,
  order: number[],
  most: number,
  { rows, first, end }: Range,
  totals: Totals,
): Question | undefined {
  const { sums, weight, regularization } = totals
  const parent = scoreOf(sums, weight, regularization)
  let best: Question | undefined
  let looked = 0
  for (const column of order) {
    // Columns of one value do not count as looked at.
    if (looked >= most && best) break
    const { count, edges } = columns[column]!
    if (count < 2) continue
    looked++
    histogram.fill(column, rows, first, end)
    const places = edges ? null : placesInOrder(histogram, count, regularization)
    const found = scan(histogram, places, count, end - first, totals)
    // The parent's own score, less than which by rounding is no gain.
    if (!found || found.score <= parent + 1e-10 * Math.abs(parent) + 1e-15) continue
    if (best && found.score - parent <= best.gain) continue
    const lefts = places && leftsOf(places, found.at, count)
    best = { column, gain: found.score - parent, bin: found.at, lefts }
  }
  return best
}

/** Categories in the order of what they stand for: the best division of two lies along it (Fisher; of more classes, nearly). */
function placesInOrder(
  { counts, weights, sums, outputs }: Histogram,
  count: number,
  regularization: number,
): number[] {
  let most = 0
  if (outputs > 1) {
    const totals = new Float64Array(outputs)
    for (let i = 0; i < count * outputs; i++) totals[i % outputs]! += sums[i]!
    most = totals.indexOf(Math.max(...totals))
  }
  const mean = (place: number) => sums[place * outputs + most]! / (weights[place]! + regularization || 1)
  return Array.from({ length: count }, (_, place) => place)
    .filter((place) => counts[place]! > 0)
    .sort((a, b) => mean(a) - mean(b))
}

function leftsOf(places: number[], at: number, count: number): boolean[] {
  const lefts = new Array<boolean>(count).fill(false)
  for (const place of places.slice(0, at + 1)) lefts[place] = true
  return lefts
}

/** Bins from one end to the other: after which of them the two sides differ most. */
function scan(
  { counts, weights, sums, outputs }: Histogram,
  places: number[] | null,
  count: number,
  rows: number,
  { sums: total, weight, minRows, regularization }: Totals,
): { at: number; score: number } | undefined {
  const left = new Float64Array(outputs)
  let leftRows = 0
  let leftWeight = 0
  let best: { at: number; score: number } | undefined
  const last = places ? places.length : count
  for (let at = 0; at < last - 1; at++) {
    const bin = places ? places[at]! : at
    if (counts[bin] === 0) continue
    leftRows += counts[bin]!
    leftWeight += weights[bin]!
    for (let o = 0; o < outputs; o++) left[o]! += sums[bin * outputs + o]!
    if (leftRows < minRows) continue
    if (rows - leftRows < minRows) break
    let score = 0
    const rightWeight = weight - leftWeight
    for (let o = 0; o < outputs; o++) {
      const right = total[o]! - left[o]!
      score += (left[o]! * left[o]!) / (leftWeight + regularization || 1)
      score += (right * right) / (rightWeight + regularization || 1)
    }
    if (!best || score > best.score) best = { at, score }
  }
  return best
}

function scoreOf(sums: Float64Array, weight: number, regularization: number) {
  let score = 0
  for (const sum of sums) score += (sum * sum) / (weight + regularization || 1)
  return score
}

/** Rows that go left first, both in the order they had. Answers with where the others begin. */
function divide(
  rows: Int32Array,
  spare: Int32Array,
  first: number,
  end: number,
  bins: Uint8Array,
  bin: number,
  lefts: boolean[] | null,
): number {
  let left = first
  let right = 0
  for (let i = first; i < end; i++) {
    const row = rows[i]!
    const own = bins[row]!
    if (lefts ? lefts[own] : own <= bin) rows[left++] = row
    else spare[right++] = row
  }
  rows.set(spare.subarray(0, right), left)
  return left
}
