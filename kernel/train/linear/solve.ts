/** Sums of products of columns: `XᵀX` and `Xᵀy`, of columns around their middle. */
export type Gram = { width: number; products: Float64Array; target: Float64Array }

/** Rows at once: they stay in the processor's cache while columns are multiplied. */
const block = 64

export function gramOf(values: Float64Array, width: number, target: Float64Array): Gram {
  const rows = target.length
  const products = new Float64Array(width * width)
  const sums = new Float64Array(width)
  // Column by column within a block, so that the innermost loop runs along memory.
  const turned = new Float64Array(width * block)
  for (let first = 0; first < rows; first += block) {
    const count = Math.min(block, rows - first)
    for (let r = 0; r < count; r++)
      for (let j = 0; j < width; j++) turned[j * block + r] = values[(first + r) * width + j]!
    for (let i = 0; i < width; i++) {
      const a = i * block
      for (let j = 0; j <= i; j++) {
        const b = j * block
        let sum = 0
        for (let r = 0; r < count; r++) sum += turned[a + r]! * turned[b + r]!
        products[i * width + j]! += sum
      }
      let sum = 0
      for (let r = 0; r < count; r++) sum += turned[a + r]! * target[first + r]!
      sums[i]! += sum
    }
  }
  for (let i = 0; i < width; i++)
    for (let j = i + 1; j < width; j++) products[i * width + j] = products[j * width + i]!
  return { width, products, target: sums }
}

/** Solves `(G + ridge) w = t` by Cholesky's decomposition. Columns that others make up get the least ridge that works. */
export function solveRidge({ width, products, target }: Gram, ridge: number): Float64Array {
  let most = 0
  for (let i = 0; i < width; i++) most = Math.max(most, products[i * width + i]!)
  for (let extra = 0; ; extra = extra === 0 ? 1e-12 * most : extra * 100) {
    const factor = cholesky(products, width, ridge + extra)
    if (factor) return substitute(factor, width, target)
  }
}

function cholesky(products: Float64Array, width: number, ridge: number): Float64Array | undefined {
  const factor = new Float64Array(width * width)
  for (let i = 0; i < width; i++)
    for (let j = 0; j <= i; j++) {
      let sum = products[i * width + j]! + (i === j ? ridge : 0)
      for (let k = 0; k < j; k++) sum -= factor[i * width + k]! * factor[j * width + k]!
      if (i !== j) factor[i * width + j] = sum / factor[j * width + j]!
      else if (sum <= 1e-13 * products[i * width + i]!) return
      else factor[i * width + i] = Math.sqrt(sum)
    }
  return factor
}

function substitute(factor: Float64Array, width: number, target: Float64Array): Float64Array {
  const solution = Float64Array.from(target)
  for (let i = 0; i < width; i++) {
    for (let k = 0; k < i; k++) solution[i]! -= factor[i * width + k]! * solution[k]!
    solution[i]! /= factor[i * width + i]!
  }
  for (let i = width - 1; i >= 0; i--) {
    for (let k = i + 1; k < width; k++) solution[i]! -= factor[k * width + i]! * solution[k]!
    solution[i]! /= factor[i * width + i]!
  }
  return solution
}

/**
 * Least squares with a penalty `lasso · |w|₁ + ridge · |w|² / 2` for each row, by coordinate descent on the sums of products.
 * Calls `step` after each round.
 */
export async function descend(
  { width, products, target }: Gram,
  rows: number,
  {
    lasso,
    ridge,
    iterations,
    tolerance,
  }: { lasso: number; ridge: number; iterations: number; tolerance: number },
  step: (round: number) => Promise<void>,
): Promise<Float64Array> {
  const weights = new Float64Array(width)
  for (let round = 1; round <= iterations; round++) {
    let moved = 0
    for (let i = 0; i < width; i++) {
      const own = products[i * width + i]!
      if (own === 0) continue
      let rest = target[i]!
      for (let j = 0; j < width; j++) if (j !== i) rest -= products[i * width + j]! * weights[j]!
      const pulled = Math.max(0, Math.abs(rest) - rows * lasso)
      const next = pulled === 0 ? 0 : (Math.sign(rest) * pulled) / (own + rows * ridge)
      moved = Math.max(moved, Math.abs(next - weights[i]!))
      weights[i] = next
    }
    await step(round)
    if (moved <= tolerance) break
  }
  return weights
}
