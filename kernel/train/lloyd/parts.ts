import { type Assign, blockRows } from './assign'

/** Where all is in the memory that the threads share: addresses in bytes. */
export type Layout = {
  /** Four-byte numbers: the pass, the next part, the threads that are still at it, the centres of this pass. */
  control: number
  blocks: number
  labels: number
  distances: number
  centres: number
  /** Of each part. */
  sums: number
  counts: number
  costs: number
  /** Of each thread. */
  scratch: number
  bytes: number
  rows: number
  columns: number
  maxK: number
  parts: number
}

/** Sums are added up part by part, so that the result does not depend on how many threads there are. */
const mostParts = 64

/** Lays out the memory for so many rows and centres. */
export function layOut(rows: number, columns: number, maxK: number, threads: number): Layout {
  const padded = Math.ceil(rows / blockRows) * blockRows
  const parts = Math.max(1, Math.min(mostParts, Math.ceil(rows / 1024)))
  let bytes = 0
  const take = (size: number) => {
    const address = bytes
    bytes += Math.ceil(size / 64) * 64
    return address
  }
  return {
    control: take(64),
    blocks: take(padded * columns * 8),
    labels: take(padded * 4),
    distances: take(padded * 8),
    centres: take(maxK * columns * 8),
    sums: take(parts * maxK * columns * 8),
    counts: take(parts * maxK * 8),
    costs: take(parts * 8),
    scratch: take(threads * 64),
    rows,
    columns,
    maxK,
    parts,
    bytes,
  }
}

/** Works at parts of the pass until none is left. */
export function takeParts(assign: Assign, memory: WebAssembly.Memory, layout: Layout, thread: number) {
  const { columns, maxK, parts, rows } = layout
  const control = new Int32Array(memory.buffer, layout.control, 8)
  const costs = new Float64Array(memory.buffer, layout.costs, parts)
  const size = Math.ceil(rows / parts / blockRows) * blockRows
  for (let part = Atomics.add(control, 1, 1); part < parts; part = Atomics.add(control, 1, 1)) {
    const sums = layout.sums + part * maxK * columns * 8
    const counts = layout.counts + part * maxK * 8
    new Float64Array(memory.buffer, sums, maxK * columns).fill(0)
    new Float64Array(memory.buffer, counts, maxK).fill(0)
    const first = part * size
    const end = Math.min(rows, first + size)
    costs[part] =
      first >= end
        ? 0
        : assign(
            layout.blocks,
            layout.centres,
            layout.labels,
            layout.distances,
            sums,
            counts,
            layout.scratch + 64 * thread,
            first,
            end,
            columns,
            control[3]!,
          )
  }
}
