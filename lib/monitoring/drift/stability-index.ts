/**
 * The population stability index: Σ (b - a) ln(b / a) over the shares of each bin in the one sample and in the other, a
 * symmetric Kullback–Leibler divergence (Siddiqi: "Credit Risk Scorecards", 2006; under 0.1 by custom no change, over 0.25
 * a large one). Half a count is added to each bin, so that an empty one has a logarithm.
 */
export function stabilityIndex(pairs: readonly (readonly [number, number])[]): number {
  const n = pairs.reduce((sum, [a]) => sum + a, 0)
  const m = pairs.reduce((sum, [, b]) => sum + b, 0)
  if (n === 0 || m === 0) return 0
  const half = 0.5 * pairs.length
  return pairs.reduce((sum, [a, b]) => {
    const x = (a + 0.5) / (n + half)
    const y = (b + 0.5) / (m + half)
    return sum + (y - x) * Math.log(y / x)
  }, 0)
}

const bins = 10

/** How many values of each sample, both in rising order, lie in bins between the first one's deciles. */
export function binned(reference: readonly number[], current: readonly number[]): [number, number][] {
  const edges = new Set<number>()
  // The largest is no edge: nothing of the reference lies above it.
  for (let i = 1; i < bins; i++) edges.add(reference[Math.ceil((i * reference.length) / bins) - 1]!)
  const [a, b] = [countBetween(reference, [...edges]), countBetween(current, [...edges])]
  return a.map((count, i) => [count, b[i]!])
}

/** Up to and with each edge, and above the last. */
function countBetween(values: readonly number[], edges: readonly number[]): number[] {
  const counts: number[] = []
  let i = 0
  for (const edge of edges) {
    const from = i
    while (i < values.length && values[i]! <= edge) i++
    counts.push(i - from)
  }
  return [...counts, values.length - i]
}
