import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { type Assign, assignModule, blockRows } from './assign'
import { type Layout, layOut, takeParts } from './parts'

/** What a pass over all rows found. Arrays are valid until the next pass. */
export type Pass = {
  /** Sum of squared distances to the nearest centres. */
  cost: number
  labels: Int32Array
  distances: Float64Array
  /** Of the rows that belong to each centre: the sum of each column, and how many they are. */
  sums: Float64Array
  counts: Float64Array
}

export type Lloyd = {
  /** Finds the nearest of `k` centres, row by row in `centres`, for every row. */
  pass(centres: Float64Array, k: number): Pass
  row(index: number): Float64Array
  close(): void
}

/** Most that WebAssembly can address. */
const mostBytes = 65_536 * 65_536
/** Below this a second thread costs more than it saves. */
const fewRows = 20_000

/** Puts a matrix, row by row, where threads and vectors can work at it. `maxK`: the most centres of a pass. */
export async function openLloyd(
  matrix: Float64Array,
  columns: number,
  maxK: number,
  threads = availableParallelism(),
): Promise<Lloyd> {
  const rows = matrix.length / columns
  const used = rows < fewRows ? 1 : Math.min(threads, 16)
  const layout = layOut(rows, columns, maxK, used)
  if (layout.bytes > mostBytes)
    throw new Error(
      `the data is too large for one machine's k-means, it needs ${(layout.bytes / 2 ** 30).toFixed(1)} GiB and may have 4: train on a sample of the rows, or with Spark`,
    )
  const memory = new WebAssembly.Memory({
    initial: Math.ceil(layout.bytes / 65_536),
    maximum: 65_536,
    shared: true,
  })
  arrange(matrix, columns, new Float64Array(memory.buffer, layout.blocks))
  const module = new WebAssembly.Module(assignModule())
  const { exports } = new WebAssembly.Instance(module, { environment: { memory } })
  const helpers = await startThreads(used - 1, { module, memory, layout })
  const control = new Int32Array(memory.buffer, layout.control, 8)
  const wake = (pass: number) => {
    Atomics.store(control, 0, pass)
    Atomics.notify(control, 0)
  }
  let passes = 0
  return {
    pass(centres, k) {
      new Float64Array(memory.buffer, layout.centres, k * columns).set(centres.subarray(0, k * columns))
      Atomics.store(control, 1, 0)
      Atomics.store(control, 2, helpers.length)
      Atomics.store(control, 3, k)
      wake(++passes)
      takeParts(exports.assign as Assign, memory, layout, 0)
      for (let left = Atomics.load(control, 2); left > 0; left = Atomics.load(control, 2))
        Atomics.wait(control, 2, left, 100)
      return gather(memory, layout, k)
    },
    row: (index) => rowOf(memory, layout, index),
    close() {
      wake(-1)
      for (const helper of helpers) void helper.terminate()
    },
  }
}

function arrange(matrix: Float64Array, columns: number, blocks: Float64Array) {
  const rows = matrix.length / columns
  for (let row = 0; row < rows; row++) {
    const from = row * columns
    let to = Math.floor(row / blockRows) * blockRows * columns + (row % blockRows)
    for (let j = 0; j < columns; j++, to += blockRows) blocks[to] = matrix[from + j]!
  }
}

function rowOf(memory: WebAssembly.Memory, { blocks, columns }: Layout, row: number): Float64Array {
  const at = Math.floor(row / blockRows) * blockRows * columns + (row % blockRows)
  const values = new Float64Array(memory.buffer, blocks)
  return Float64Array.from({ length: columns }, (_, j) => values[at + j * blockRows]!)
}

function gather(memory: WebAssembly.Memory, layout: Layout, k: number): Pass {
  const { columns, maxK, parts, rows } = layout
  const sums = new Float64Array(k * columns)
  const counts = new Float64Array(k)
  let cost = 0
  for (let part = 0; part < parts; part++) {
    const partSums = new Float64Array(memory.buffer, layout.sums + part * maxK * columns * 8, k * columns)
    const partCounts = new Float64Array(memory.buffer, layout.counts + part * maxK * 8, k)
    for (let i = 0; i < sums.length; i++) sums[i]! += partSums[i]!
    for (let i = 0; i < k; i++) counts[i]! += partCounts[i]!
    cost += new Float64Array(memory.buffer, layout.costs, parts)[part]!
  }
  return {
    cost,
    labels: new Int32Array(memory.buffer, layout.labels, rows),
    distances: new Float64Array(memory.buffer, layout.distances, rows),
    sums,
    counts,
  }
}

/** Beside the bundle of this process, or in dist/ where this runs from its source. */
function threadScript() {
  const here = path.dirname(fileURLToPath(import.meta.url))
  const beside = path.join(here, 'train-thread.js')
  return existsSync(beside) ? beside : path.resolve(here, '../../../dist/train-thread.js')
}

async function startThreads(count: number, shared: object): Promise<Worker[]> {
  const script = threadScript()
  return Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const worker = new Worker(script, { workerData: { ...shared, thread: i + 1 } })
      await new Promise<void>((ready, failed) => worker.once('message', () => ready()).once('error', failed))
      worker.unref()
      return worker
    }),
  )
}
