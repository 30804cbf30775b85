import type { Clusters, TrainingResult } from '../../lib/protocol/training-result'
import { modelFormat, type Scaling, type TrainedModel } from '../../lib/training/model-format'
import { type KMeans, type KMeansParameters, silhouette, silhouetteSize } from './algorithms/kmeans'
import type { Matrix, TrainData } from './data'
import type { Learner } from './learner'
import type { PreparedClusters, TrainingTask } from './prepare'
import type { Progress } from './progress'
import { sample, seededRandom } from './random'

type Wishes = KMeansParameters & { standardize: boolean; elbow_to: number }

/** Rows that the page draws. */
const drawnRows = 2000
/** Columns that the page draws; of more, the first. */
const drawnColumns = 30
/** Deviations that differ so much are of different units. */
const unlikeUnits = 100

/** Finds groups of rows, and says what they look like. */
export async function trainClusters(
  { parameters }: Pick<TrainingTask, 'parameters'>,
  { fit, data, total, matrix }: PreparedClusters,
  progress: Progress,
  learner: Learner,
): Promise<{ model: TrainedModel; result: TrainingResult }> {
  const wishes = parameters as unknown as Wishes
  const { features, scaling } = fit
  const notes = [...fit.notes]
  if (!wishes.standardize && unlike(matrix))
    notes.push('columns differ much in their spread, and the widest decides alone: consider scaling them')
  const found = await learner.clusters(matrix, wishes, progress)
  const random = seededRandom(wishes.seed)
  const compared = sample(matrix.rows, silhouetteSize(matrix), random)
  const ownSilhouette = silhouette(matrix, found.labels, wishes.k, compared)
  const empty = found.sizes.filter((size) => size === 0).length
  if (empty > 0) notes.push(`${empty} clusters have no rows: there are fewer different rows than clusters`)
  const own = { found, ownSilhouette, compared, total }
  const elbow = await elbowOf(matrix, wishes, own, progress, learner)
  const model: TrainedModel = {
    format: modelFormat,
    algorithm: 'kmeans',
    features,
    scaling,
    target: null,
    predictor: { kind: 'clusters', centers: rowsOf(found.centers, wishes.k), distance: 'euclidean' },
  }
  const clusters: Clusters = {
    cost: found.cost,
    iterations: found.iterations,
    sizes: found.sizes,
    silhouette: { value: ownSilhouette, rows: compared.length },
    centers: centersOf(found, matrix, scaling, wishes.k),
    sample: { ...sampleOf(data, found.labels), of: total },
    elbow,
  }
  const metrics: TrainingResult['metrics'] = [{ name: 'cost', value: found.cost, better: 'lower' }]
  if (ownSilhouette !== null) metrics.push({ name: 'silhouette', value: ownSilhouette, better: 'higher' })
  const counts = { total, train: total, test: 0 }
  return { model, result: { rows: counts, notes, metrics, history: [], importance: [], clusters } }
}

const rowsOf = (values: Float64Array, count: number) => {
  const width = values.length / count
  return Array.from({ length: count }, (_, i) => Array.from(values.subarray(i * width, (i + 1) * width)))
}

/** Other k beside the one that was asked for: their costs bend where more clusters stop to help. */
async function elbowOf(
  matrix: Matrix,
  wishes: Wishes,
  own: { found: KMeans; ownSilhouette: number | null; compared: Int32Array; total: number },
  progress: Progress,
  learner: Learner,
): Promise<Clusters['elbow']> {
  const most = Math.min(wishes.elbow_to, own.total)
  // Their curves are not those of this training.
  const silent: Progress = {
    log: progress.log,
    step: (done, of, what) => progress.step(done, of, what),
  }
  const points: Clusters['elbow'] = []
  for (let k = 2; k <= most; k++) {
    progress.log(`comparing k: ${k} of ${most}`)
    const found = k === wishes.k ? own.found : await learner.clusters(matrix, { ...wishes, k }, silent)
    points.push({ k, cost: found.cost, silhouette: silhouette(matrix, found.labels, k, own.compared) })
  }
  return points
}

/** In the columns' own units. */
function centersOf(
  { centers }: KMeans,
  matrix: Matrix,
  scaling: Scaling | null,
  k: number,
): Clusters['centers'] {
  const shown = Math.min(matrix.width, drawnColumns)
  const values = rowsOf(centers, k).map((center) =>
    center
      .slice(0, shown)
      .map((value, j) => (scaling ? value / (scaling.scale[j] || 1) + scaling.shift[j]! : value)),
  )
  return { columns: matrix.names.slice(0, shown), values }
}

function sampleOf({ rows, columns }: TrainData, labels: Int32Array): Omit<Clusters['sample'], 'of'> {
  const chosen = sample(rows, drawnRows, seededRandom(11))
  const drawn = columns.flatMap((column) => {
    if (column.type === 'text' || column.type === 'numbers') return []
    const values = Array.from(chosen, (row) => {
      const value = column.values[row]!
      return Number.isNaN(value) ? null : value
    })
    return [{ name: column.name, values }]
  })
  return {
    columns: drawn.slice(0, drawnColumns),
    labels: Array.from(chosen, (row) => labels[row]!),
  }
}

function unlike({ rows, width, values }: Matrix): boolean {
  let [least, most] = [Infinity, 0]
  for (let j = 0; j < width; j++) {
    let [sum, squares] = [0, 0]
    for (let i = 0; i < rows; i++) sum += values[i * width + j]!
    const mean = sum / rows
    for (let i = 0; i < rows; i++) squares += (values[i * width + j]! - mean) ** 2
    least = Math.min(least, squares)
    most = Math.max(most, squares)
  }
  return most > unlikeUnits ** 2 * least
}
