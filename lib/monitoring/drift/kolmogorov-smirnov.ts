/**
 * The largest distance of two samples' distribution functions, both in rising order (Kolmogorov 1933, Smirnov 1939).
 */
export function ksStatistic(a: readonly number[], b: readonly number[]): number {
  let largest = 0
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const value = Math.min(a[i]!, b[j]!)
    // Both step over all that are equal: between them nothing is compared.
    while (i < a.length && a[i] === value) i++
    while (j < b.length && b[j] === value) j++
    largest = Math.max(largest, Math.abs(i / a.length - j / b.length))
  }
  return largest
}

/**
 * The chance of a distance at least so large between samples of one continuous distribution, by the limit for large
 * samples; where values repeat it is too large, never too small.
 */
export const ksP = (statistic: number, n: number, m: number) =>
  kolmogorov(Math.sqrt((n * m) / (n + m)) * statistic)

/** Q(x) = 2 Σ (-1)^(k-1) exp(-2 k² x²): what Kolmogorov's distribution has above x. */
export function kolmogorov(x: number): number {
  // From here on down the sum is 1 to the last digit, and slow to say so.
  if (x < 0.18) return 1
  let sum = 0
  for (let k = 1; k <= 100; k++) {
    const term = Math.exp(-2 * k * k * x * x)
    sum += k % 2 === 1 ? term : -term
    if (term < 1e-17) break
  }
  return Math.min(1, Math.max(0, 2 * sum))
}
