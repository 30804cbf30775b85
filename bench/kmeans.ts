import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { kmeans } from 'ml-kmeans'
import { iterate } from '../kernel/train/algorithms/kmeans'
import { openLloyd } from '../kernel/train/lloyd/lloyd'
import { seededRandom } from '../kernel/train/random'
import { findRoot } from '../lib/config'
import { pythonEnvironment } from '../lib/stack/python-env'

const [rows, columns, k, iterations] = [1_000_000, 10, 8, 20]
const repetitions = 5
/** Best of several runs, seconds, and the sum of squared distances to the nearest centre. */
type Run = { seconds: number; inertia: number }
export type KMeansBench = { ours: Run; scikitLearn: Run; mlKmeans: Run }

/** Twenty iterations of Lloyd's algorithm over a million rows from given centres, ours and others in turn on the same data. */
export async function kmeansBench(): Promise<KMeansBench> {
  const matrix = blobs()
  const folder = await mkdtemp(path.join(tmpdir(), 'cellar-bench-kmeans-'))
  try {
    const file = path.join(folder, 'rows.f64')
    await writeFile(file, Buffer.from(matrix.buffer))
    return { ours: await ours(matrix), scikitLearn: await scikitLearn(file), mlKmeans: mlKmeans(matrix) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Eight clouds that overlap. */
function blobs(): Float64Array<ArrayBuffer> {
  const random = seededRandom(7)
  const centers = Array.from({ length: k * columns }, () => 4 * random())
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const matrix = new Float64Array(rows * columns)
  for (let i = 0; i < rows; i++) {
    const own = Math.floor(k * random()) * columns
    for (let j = 0; j < columns; j++) matrix[i * columns + j] = centers[own + j]! + normal()
  }
  return matrix
}

async function ours(matrix: Float64Array): Promise<Run> {
  let best: Run = { seconds: Infinity, inertia: Number.NaN }
  for (let turn = 0; turn < repetitions; turn++) {
    const began = performance.now()
    const lloyd = await openLloyd(matrix, columns, k, Math.min(2, availableParallelism()))
    const start = matrix.slice(0, k * columns)
    const { cost } = await iterate(lloyd, start, { k, iterations, tolerance: 0 }, async () => {})
    lloyd.close()
    const seconds = (performance.now() - began) / 1000
    if (seconds < best.seconds) best = { seconds, inertia: cost }
  }
  return best
}

const script = `
import sys, time, warnings
import numpy as np
from sklearn.cluster import KMeans
warnings.filterwarnings("ignore")
X = np.fromfile(sys.argv[1]).reshape(-1, ${columns})
best = None
for _ in range(${repetitions}):
    began = time.perf_counter()
    model = KMeans(${k}, init=X[:${k}].copy(), n_init=1, max_iter=${iterations}, tol=0, algorithm="lloyd").fit(X)
    seconds = time.perf_counter() - began
    if best is None or seconds < best: best = seconds
print(best, repr(float(model.inertia_)))
`

async function scikitLearn(file: string): Promise<Run> {
  const requirements = path.join(findRoot(), 'bench/peers/scikit-learn.txt')
  const python = await pythonEnvironment('peer-scikit-learn', requirements)
  const env = { ...process.env, OMP_NUM_THREADS: '2', OPENBLAS_NUM_THREADS: '2' }
  const { stdout } = await promisify(execFile)(python, ['-c', script, file], { env })
  const [seconds = Number.NaN, inertia = Number.NaN] = stdout.trim().split(' ').map(Number)
  return { seconds, inertia }
}

/** One run: it takes seconds. */
function mlKmeans(matrix: Float64Array): Run {
  const data = Array.from({ length: rows }, (_, i) =>
    Array.from(matrix.subarray(i * columns, (i + 1) * columns)),
  )
  const began = performance.now()
  const { centroids, clusters } = kmeans(data, k, {
    initialization: data.slice(0, k).map((row) => row.slice()),
    maxIterations: iterations,
    tolerance: 0,
  })
  const seconds = (performance.now() - began) / 1000
  let inertia = 0
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) inertia += (data[i]![j]! - centroids[clusters[i]!]![j]!) ** 2
  return { seconds, inertia }
}
