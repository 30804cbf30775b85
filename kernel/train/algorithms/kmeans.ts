import { TrainingError } from '../../../lib/training/training-error'
import type { Matrix } from '../data'
import { mostCandidates, parallel, plusPlus } from '../lloyd/centers'
import { type Lloyd, openLloyd, type Pass } from '../lloyd/lloyd'
import type { Progress } from '../progress'
import { seededRandom } from '../random'

export type KMeansParameters = {
  k: number
  start: 'k-means++' | 'k-means||'
  starts: number
  iterations: number
  tolerance: number
  seed: number
}

export type KMeans = {
  /** k rows of numbers. */
  centers: Float64Array
  labels: Int32Array
  /** Sum of squared distances to the nearest centre. */
  cost: number
  sizes: number[]
  iterations: number
}

/** Finds clusters: Lloyd's algorithm from several starts, of which the cheapest is kept. */
export async function kmeans(
  { rows, width, values }: Matrix,
  { k, start, starts, iterations, tolerance, seed }: KMeansParameters,
  progress: Progress,
): Promise<KMeans> {
  if (k > rows)
    throw new TrainingError(
      `there are more clusters than rows: k is ${k}, rows are ${rows}; choose a smaller k`,
    )
  const most = start === 'k-means||' ? Math.min(rows, mostCandidates(k)) : k
  const lloyd = await openLloyd(values, width, Math.max(k, most))
  try {
    const random = seededRandom(seed)
    let best: KMeans | undefined
    for (let at = 0; at < starts; at++) {
      const centers =
        start === 'k-means||'
          ? parallel(lloyd, { rows, columns: width, k, most }, random)
          : plusPlus(lloyd, rows, width, k, random)
      const step = (iteration: number, cost: number) =>
        progress.step(
          at * iterations + iteration,
          starts * iterations,
          starts > 1 ? `start ${at + 1} of ${starts}, iteration ${iteration}` : `iteration ${iteration}`,
          best ? {} : { cost },
        )
      const found = await iterate(lloyd, centers, { k, iterations, tolerance }, step)
      if (!best || found.cost < best.cost) best = found
    }
    return best!
  } finally {
    lloyd.close()
  }
}

/** Lloyd's algorithm from given centres, which it moves. */
export async function iterate(
  lloyd: Lloyd,
  centers: Float64Array,
  { k, iterations, tolerance }: Pick<KMeansParameters, 'k' | 'iterations' | 'tolerance'>,
  step: (iteration: number, cost: number) => Promise<void>,
): Promise<KMeans> {
  const columns = centers.length / k
  let done = 0
  while (done < iterations) {
    const pass = lloyd.pass(centers, k)
    const moved = moveCenters(centers, pass, columns, lloyd)
    await step(++done, pass.cost)
    if (moved <= tolerance) break
  }
  // The labels are those of the last centres.
  const { cost, labels, counts } = lloyd.pass(centers, k)
  return { centers, labels: labels.slice(), cost, sizes: Array.from(counts), iterations: done }
}

/** Moves each centre into the middle of its rows. Answers with how far the farthest went. */
function moveCenters(
  centers: Float64Array,
  { sums, counts, distances }: Pass,
  columns: number,
  lloyd: Lloyd,
) {
  let farthest = 0
  let taken: Set<number> | undefined
  for (let c = 0; c < counts.length; c++) {
    const count = counts[c]!
    // A centre without rows begins again at the row that is farthest from its own.
    taken ??= count === 0 ? new Set() : undefined
    const middle = count === 0 ? lloyd.row(farthestRow(distances, taken!)) : undefined
    let square = 0
    for (let j = 0; j < columns; j++) {
      const at = c * columns + j
      const next = middle ? middle[j]! : sums[at]! / count
      square += (next - centers[at]!) ** 2
      centers[at] = next
    }
    farthest = Math.max(farthest, Math.sqrt(square))
  }
  return farthest
}

function farthestRow(distances: Float64Array, taken: Set<number>): number {
  let farthest = 0
  for (let i = 0; i < distances.length; i++)
    if (distances[i]! > distances[farthest]! && !taken.has(i)) farthest = i
  taken.add(farthest)
  return farthest
}

/** Of all rows where these are few, else of a sample: it takes rows² comparisons. */
const silhouetteWork = 5e8
const silhouetteRows = 5000

export const silhouetteSize = ({ rows, width }: Pick<Matrix, 'rows' | 'width'>) =>
  Math.min(rows, silhouetteRows, Math.max(100, Math.floor(Math.sqrt(silhouetteWork / width))))

/** How much nearer rows are to their own cluster than to the next one, on average; null where there is one cluster only. */
export function silhouette(
  { width, values }: Pick<Matrix, 'width' | 'values'>,
  labels: Int32Array,
  k: number,
  chosen: Int32Array,
): number | null {
  const sizes = new Int32Array(k)
  for (const row of chosen) sizes[labels[row]!]!++
  if (sizes.filter((size) => size > 0).length < 2) return null
  let total = 0
  const sums = new Float64Array(k)
  for (const row of chosen) {
    sums.fill(0)
    for (const other of chosen) {
      let square = 0
      for (let j = 0, a = row * width, b = other * width; j < width; j++, a++, b++)
        square += (values[a]! - values[b]!) ** 2
      sums[labels[other]!]! += Math.sqrt(square)
    }
    const own = labels[row]!
    // Alone in its cluster: 0, as the measure is defined.
    if (sizes[own] === 1) continue
    const within = sums[own]! / (sizes[own]! - 1)
    let next = Infinity
    for (let c = 0; c < k; c++) if (c !== own && sizes[c]) next = Math.min(next, sums[c]! / sizes[c]!)
    total += (next - within) / Math.max(within, next) || 0
  }
  return total / chosen.length
}
