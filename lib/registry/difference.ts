/** Numbers agree within this, absolutely or relative to the first one. */
const tolerance = 1e-6

export type Measured = {
  records: number
  /** Records whose predictions are not the same. */
  differing: number
  /** The largest absolute difference of two numbers; null where no two numbers stood in one place. */
  maxDifference: number | null
}

/** How far two models' predictions for the same records are from one another: numbers within 1e-6, all else exactly. */
export function measureDifference(before: readonly unknown[], after: readonly unknown[]): Measured {
  let maxDifference: number | null = null
  const same = (a: unknown, b: unknown): boolean => {
    if (typeof a === 'number' && typeof b === 'number') {
      // NaN beside NaN, and equal infinities.
      const alike = Object.is(a, b) || a === b
      const difference = alike ? 0 : Math.abs(a - b)
      if (!Number.isFinite(difference)) return false
      maxDifference = Math.max(maxDifference ?? 0, difference)
      return alike || difference <= tolerance * Math.max(1, Math.abs(a))
    }
    if (Array.isArray(a) && Array.isArray(b)) {
      // Each is looked at, though one has told already: the largest difference is asked for.
      const equal = a.map((value, i) => same(value, b[i]))
      return a.length === b.length && equal.every(Boolean)
    }
    if (isObject(a) && isObject(b)) {
      const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])]
      return keys.map((key) => key in a && key in b && same(a[key], b[key])).every(Boolean)
    }
    return a === b
  }
  const records = Math.max(before.length, after.length)
  let differing = 0
  for (let i = 0; i < records; i++) if (!same(before[i], after[i])) differing++
  return { records, differing, maxDifference }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
