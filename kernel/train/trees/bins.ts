import type { Matrix } from '../data'
import { sample, seededRandom } from '../random'

/** Columns as numbers of bins, column by column: what trees are grown from. */
export type Bins = {
  rows: number
  columns: {
    bins: Uint8Array
    count: number
    /** Value up to which a row is in the bin or one before it; undefined for categories, whose bin is their place. */
    edges: Float64Array | undefined
  }[]
}

const mostBins = 255
/** Where the edges lie is told well by so many rows. */
const sampleRows = 200_000

/** Puts each column into at most 255 bins of about as many rows. `categories`: which columns are places in a list. */
export function binColumns({ rows, width, values }: Matrix, categories: ReadonlySet<number>): Bins {
  const chosen = sample(rows, sampleRows, seededRandom(1))
  const columns = Array.from({ length: width }, (_, j) => {
    const bins = new Uint8Array(rows)
    if (categories.has(j)) {
      let most = 0
      for (let i = 0; i < rows; i++) {
        bins[i] = Math.min(values[i * width + j]!, mostBins - 1)
        most = Math.max(most, bins[i]!)
      }
      return { bins, count: most + 1, edges: undefined }
    }
    const edges = edgesOf(Float64Array.from(chosen, (row) => values[row * width + j]!).sort())
    for (let i = 0; i < rows; i++) bins[i] = binOf(edges, values[i * width + j]!)
    return { bins, count: edges.length + 1, edges }
  })
  return { rows, columns }
}

/** In the middle between neighbouring values, so that values not seen before fall to the nearer side. */
function edgesOf(sorted: Float64Array): Float64Array {
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1])
  const middle = (a: number, b: number) => {
    const between = a + (b - a) / 2
    // Neighbours that no number lies between: the lower one is the edge.
    return between < b ? between : a
  }
  if (distinct.length <= mostBins)
    return Float64Array.from({ length: distinct.length - 1 }, (_, i) =>
      middle(distinct[i]!, distinct[i + 1]!),
    )
  const edges: number[] = []
  for (let b = 1; b < mostBins; b++) {
    const at = Math.floor((b * sorted.length) / mostBins)
    const [lower, upper] = [sorted[at - 1]!, sorted[at]!]
    if (lower === upper && edges.at(-1) === lower) continue
    const edge = middle(lower, upper)
    if (edges.length === 0 || edge > edges.at(-1)!) edges.push(edge)
  }
  return Float64Array.from(edges)
}

/** The first bin whose edge is not below the value. */
function binOf(edges: Float64Array, value: number): number {
  let low = 0
  let high = edges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (value <= edges[middle]!) high = middle
    else low = middle + 1
  }
  return low
}
