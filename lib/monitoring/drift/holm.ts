/**
 * p-values corrected for being many (Holm: "A simple sequentially rejective multiple test procedure", 1979): below a level
 * they stay with at most that chance that any of them is there by chance alone, however they depend on one another.
 */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((_, i) => i).sort((a, b) => ps[a]! - ps[b]!)
  const adjusted = new Array<number>(ps.length)
  let largest = 0
  for (const [rank, i] of order.entries()) {
    largest = Math.max(largest, Math.min(1, (ps.length - rank) * ps[i]!))
    adjusted[i] = largest
  }
  return adjusted
}
