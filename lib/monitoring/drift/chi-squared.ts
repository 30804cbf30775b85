/** Categories are taken together until each is expected so often; below it the test is not to be trusted (Cochran 1954). */
const minExpected = 5

export type ChiSquared = { statistic: number; degrees: number; p: number }

/**
 * Pearson's test that two samples of categories are of one distribution: `pairs` holds how often each category stood in
 * the one and in the other.
 */
export function chiSquared(pairs: readonly (readonly [number, number])[]): ChiSquared {
  const n = pairs.reduce((sum, [a]) => sum + a, 0)
  const m = pairs.reduce((sum, [, b]) => sum + b, 0)
  const none = { statistic: 0, degrees: 0, p: 1 }
  if (n === 0 || m === 0) return none
  const cells = together(pairs, Math.min(n, m) / (n + m))
  const degrees = cells.length - 1
  if (degrees < 1) return none
  let statistic = 0
  for (const [a, b] of cells) {
    const share = (a + b) / (n + m)
    statistic += (a - n * share) ** 2 / (n * share) + (b - m * share) ** 2 / (m * share)
  }
  return { statistic, degrees, p: gammaQ(degrees / 2, statistic / 2) }
}

/** Rare categories as one. */
function together(pairs: readonly (readonly [number, number])[], share: number): [number, number][] {
  const cells: [number, number][] = []
  let [restA, restB] = [0, 0]
  for (const [a, b] of [...pairs].sort(([a, b], [c, d]) => c + d - a - b))
    if ((a + b) * share >= minExpected) cells.push([a, b])
    else {
      restA += a
      restB += b
    }
  if (restA + restB === 0) return cells
  // A rest that is too rare itself goes to the rarest of the others.
  if ((restA + restB) * share < minExpected && cells.length > 0) {
    const [a, b] = cells.pop()!
    return [...cells, [a + restA, b + restB]]
  }
  return [...cells, [restA, restB]]
}

/**
 * The regularized upper incomplete gamma function Q(a, x): by its series (DLMF 8.7.1) for small x, else by the continued
 * fraction (DLMF 8.9.2) with Lentz's method.
 */
export function gammaQ(a: number, x: number): number {
  if (x <= 0) return 1
  const front = Math.exp(a * Math.log(x) - x - logGamma(a))
  if (x < a + 1) {
    let term = 1 / a
    let sum = term
    for (let n = 1; n < 1000 && Math.abs(term) > Math.abs(sum) * 1e-16; n++) {
      term *= x / (a + n)
      sum += term
    }
    return Math.max(0, 1 - sum * front)
  }
  const tiny = 1e-300
  let b = x + 1 - a
  let c = 1 / tiny
  let d = 1 / b
  let fraction = d
  for (let n = 1; n < 1000; n++) {
    const step = -n * (n - a)
    b += 2
    d = 1 / (step * d + b || tiny)
    c = b + step / c || tiny
    fraction *= d * c
    if (Math.abs(d * c - 1) < 1e-15) break
  }
  return front * fraction
}

/** ln Γ(x) for x > 0, by Lanczos's approximation (g = 7, nine terms): right to 15 digits. */
function logGamma(x: number): number {
  const terms = [
    676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
    -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
  ]
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  const at = x - 1
  const sum = terms.reduce((total, term, i) => total + term / (at + i + 1), 0.99999999999980993)
  const t = at + 7.5
  return 0.5 * Math.log(2 * Math.PI) + (at + 0.5) * Math.log(t) - t + Math.log(sum)
}
