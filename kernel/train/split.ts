import type { Target } from './data'
import { type Random, shuffle } from './random'

/** Rows to learn from and rows to test with, both in rising order. Each class gives its share to the test. */
export function splitRows(
  rows: Int32Array,
  target: Target,
  testShare: number,
  random: Random,
): { train: Int32Array; test: Int32Array } {
  if (testShare === 0) return { train: rows, test: new Int32Array(0) }
  const groups =
    target.type === 'number'
      ? [rows]
      : target.classes.map((_, place) => rows.filter((row) => target.values[row] === place))
  const train: Int32Array[] = []
  const test: Int32Array[] = []
  for (const group of groups) {
    const order = shuffle(Int32Array.from(group), random)
    // A class of one row is learned, not tested.
    const count = Math.min(Math.round(order.length * testShare), order.length - 1)
    test.push(order.subarray(0, count))
    train.push(order.subarray(count))
  }
  return { train: joined(train), test: joined(test) }
}

/** In rising order. */
function joined(parts: Int32Array[]): Int32Array {
  const all = new Int32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all.sort()
}
