import type { Scaling } from '../../lib/training/model-format'

/** Finds what brings columns to mean 0 and deviation 1, of rows that come part by part. */
export function gatherScaling(width: number) {
  let count = 0
  const means = new Float64Array(width)
  const squares = new Float64Array(width)
  return {
    add(values: Float64Array, rows?: Int32Array) {
      const length = rows?.length ?? values.length / width
      if (length === 0) return
      const rowOf = rows ? (i: number) => rows[i]! * width : (i: number) => i * width
      const mean = new Float64Array(width)
      const square = new Float64Array(width)
      for (let i = 0; i < length; i++)
        for (let j = 0, at = rowOf(i); j < width; j++) mean[j]! += values[at + j]! / length
      for (let i = 0; i < length; i++)
        for (let j = 0, at = rowOf(i); j < width; j++) square[j]! += (values[at + j]! - mean[j]!) ** 2
      // Chan, Golub and LeVeque: the spread of two parts together.
      const all = count + length
      for (let j = 0; j < width; j++) {
        const apart = mean[j]! - means[j]!
        squares[j]! += square[j]! + (apart * apart * count * length) / all
        means[j]! += (apart * length) / all
      }
      count = all
    },
    /** A column that is constant becomes 0. */
    scaling: (): Scaling => ({
      shift: Array.from(means),
      scale: Array.from(squares, (sum, j) =>
        sum / count > 1e-24 * (1 + means[j]! ** 2) ? 1 / Math.sqrt(sum / count) : 0,
      ),
    }),
    /** Sums of squared distances to the mean, by column. */
    spreads: () => squares,
  }
}

/** Scales rows of numbers, in place. */
export function applyScaling(values: Float64Array, { shift, scale }: Scaling) {
  const width = shift.length
  for (let i = 0, j = 0; i < values.length; i++, j = j + 1 === width ? 0 : j + 1)
    values[i] = (values[i]! - shift[j]!) * scale[j]!
}
