/**
 * Counts by bucket, for quantiles that are right over any span: two histograms merge by adding their counts. Buckets grow
 * by a constant factor, as in DDSketch (Masson, Rim, Lee: "DDSketch: a fast and fully-mergeable quantile sketch with
 * relative-error guarantees", VLDB 2019): bucket i holds the values in (γ^(i-1), γ^i], and its value is wrong by at most
 * 1 %. Kept as JSON, the keys are the buckets' numbers.
 */
export type Counts = Record<string, number>

const accuracy = 0.01
const gamma = (1 + accuracy) / (1 - accuracy)
const scale = 1 / Math.log(gamma)
/** Less is the same as this. */
const smallest = 0.001

/** The bucket of a value above 0. */
export const bucketOf = (value: number) => Math.ceil(Math.log(Math.max(value, smallest)) * scale)

/** The value that is at most 1 % away from all of a bucket. */
export const valueIn = (bucket: number) => (2 * gamma ** bucket) / (gamma + 1)

/** One more in a bucket. */
export function count(counts: Counts, bucket: number) {
  counts[bucket] = (counts[bucket] ?? 0) + 1
}

/** Adds what the second holds to the first. */
export function merge(into: Counts, from: Counts) {
  for (const bucket in from) into[bucket] = (into[bucket] ?? 0) + from[bucket]!
}

/** How many values it holds. */
export const total = (counts: Counts) => Object.values(counts).reduce((sum, n) => sum + n, 0)

/** Values below which these shares of all lie, 0 to 1; null without a value. */
export function quantiles(counts: Counts, shares: readonly number[]): (number | null)[] {
  const buckets = Object.keys(counts)
    .map(Number)
    .sort((a, b) => a - b)
  const all = total(counts)
  return shares.map((share) => {
    if (all === 0) return null
    // The nearest rank: of few values, the 99th percentile is the largest.
    const rank = Math.max(1, Math.ceil(share * all))
    let seen = 0
    for (const bucket of buckets) {
      seen += counts[bucket]!
      if (seen >= rank) return valueIn(bucket)
    }
    return valueIn(buckets.at(-1)!)
  })
}
