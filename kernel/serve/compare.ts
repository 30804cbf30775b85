/** Numbers agree within this, absolutely or relative to the expected one. */
export const tolerance = 1e-6

/**
 * Compares what a fresh process predicts with what the cell did: numbers to a tolerance, all else exactly.
 * `maxDifference`: the largest absolute difference of two numbers.
 */
export function comparePredictions(
  expected: unknown,
  got: unknown,
  within = tolerance,
): { maxDifference: number } | { reason: string } {
  let maxDifference = 0
  const differ = (path: string, a: unknown, b: unknown) =>
    `predictions${path}: the cell gave ${show(a)}, a fresh process ${show(b)}`

  function visit(a: unknown, b: unknown, path: string): string | undefined {
    if (typeof a === 'number' && typeof b === 'number') {
      if (Object.is(a, b) || a === b) return
      const difference = Math.abs(a - b)
      if (!(difference <= within * Math.max(1, Math.abs(a)))) return differ(path, a, b)
      maxDifference = Math.max(maxDifference, difference)
      return
    }
    if (Array.isArray(a) && Array.isArray(b)) {
      if (a.length !== b.length)
        return `predictions${path}: the cell gave ${a.length} values, a fresh process ${b.length}`
      for (let i = 0; i < a.length; i++) {
        const found = visit(a[i], b[i], `${path}[${i}]`)
        if (found) return found
      }
      return
    }
    if (isObject(a) && isObject(b)) {
      for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
        if (!(key in a) || !(key in b)) return differ(`${path}.${key}`, a[key], b[key])
        const found = visit(a[key], b[key], `${path}.${key}`)
        if (found) return found
      }
      return
    }
    if (a !== b) return differ(path, a, b)
  }

  const reason = visit(expected, got, '')
  return reason === undefined ? { maxDifference } : { reason }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function show(value: unknown) {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
