import type { Cell } from './document'

type Content = Pick<Cell, 'kind' | 'source' | 'result'>

export const sameCell = (a: Content, b: Content) =>
  a.kind === b.kind && a.source === b.source && a.result === b.result

/**
 * For each of the `after` cells, the index of the `before` cell that it is, or was edited from; undefined for a new one.
 * Unchanged cells match along a longest common subsequence; between two of them, cells of one kind pair in order.
 */
export function alignCells(before: Content[], after: Content[]): (number | undefined)[] {
  const from: (number | undefined)[] = Array(after.length).fill(undefined)
  for (const [b, a] of commonCells(before, after)) from[a] = b
  let low = 0
  for (let a = 0; a < after.length; a++) {
    if (from[a] !== undefined) {
      low = from[a]! + 1
      continue
    }
    const high = from.slice(a).find((b) => b !== undefined) ?? before.length
    const pair = range(low, high).find((b) => before[b]!.kind === after[a]!.kind)
    if (pair === undefined) continue
    from[a] = pair
    low = pair + 1
  }
  return from
}

const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i)

/** Pairs of indexes of a longest common subsequence. */
function commonCells(before: Content[], after: Content[]): [number, number][] {
  const width = after.length + 1
  const longest = new Uint32Array((before.length + 1) * width)
  for (let b = before.length - 1; b >= 0; b--)
    for (let a = after.length - 1; a >= 0; a--)
      longest[b * width + a] = sameCell(before[b]!, after[a]!)
        ? longest[(b + 1) * width + a + 1]! + 1
        : Math.max(longest[(b + 1) * width + a]!, longest[b * width + a + 1]!)
  const pairs: [number, number][] = []
  for (let b = 0, a = 0; b < before.length && a < after.length; ) {
    if (sameCell(before[b]!, after[a]!)) pairs.push([b++, a++])
    else if (longest[(b + 1) * width + a]! >= longest[b * width + a + 1]!) b++
    else a++
  }
  return pairs
}
