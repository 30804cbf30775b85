/** The value at a point; writes the slope into `gradient`. */
export type Loss = (point: Float64Array, gradient: Float64Array) => number

/** How many earlier steps tell the curvature. */
const memory = 10

type Step = { moved: Float64Array; turned: Float64Array; product: number }

/**
 * Minimizes a smooth loss plus `lasso[i] · |point[i]|` by L-BFGS, in the form of Andrew and Gao (OWL-QN) where a lasso is
 * not 0. Ends when the value falls by a smaller share than `tolerance`.
 */
export async function minimize(
  loss: Loss,
  start: Float64Array,
  { lasso, iterations, tolerance }: { lasso: Float64Array | null; iterations: number; tolerance: number },
  onStep: (iteration: number, value: number) => Promise<void>,
): Promise<{ point: Float64Array; value: number; iterations: number }> {
  const size = start.length
  let point = Float64Array.from(start)
  let gradient = new Float64Array(size)
  let value = loss(point, gradient) + penalty(point, lasso)
  const steps: Step[] = []
  let done = 0
  while (done < iterations) {
    const slope = lasso ? pseudoGradient(point, gradient, lasso) : gradient
    const length = Math.sqrt(dot(slope, slope))
    if (length < 1e-12) break
    const direction = quasiNewton(slope, steps)
    if (lasso) for (let i = 0; i < size; i++) if (direction[i]! * slope[i]! >= 0) direction[i] = 0
    const descent = dot(direction, slope)
    if (descent >= 0) {
      // The curvature is no help here; it begins again with the slope alone.
      if (steps.length === 0) break
      steps.length = 0
      continue
    }
    let reach = steps.length === 0 ? Math.min(1, 1 / length) : 1
    let next = point
    let nextGradient = gradient
    let nextValue = value
    let tries = 0
    for (; tries < 30; tries++, reach /= 2) {
      next = advance(point, direction, reach, lasso ? slope : null)
      nextGradient = new Float64Array(size)
      nextValue = loss(next, nextGradient) + penalty(next, lasso)
      if (nextValue <= value + 1e-4 * reach * descent) break
    }
    if (tries === 30) break
    remember(steps, point, next, gradient, nextGradient)
    const fell = value - nextValue
    point = next
    gradient = nextGradient
    value = nextValue
    await onStep(++done, value)
    if (fell <= tolerance * Math.max(1e-12, Math.abs(value))) break
  }
  return { point, value, iterations: done }
}

function penalty(point: Float64Array, lasso: Float64Array | null): number {
  if (!lasso) return 0
  let sum = 0
  for (let i = 0; i < point.length; i++) sum += lasso[i]! * Math.abs(point[i]!)
  return sum
}

/** The slope on the side to which the loss falls. */
function pseudoGradient(point: Float64Array, gradient: Float64Array, lasso: Float64Array): Float64Array {
  return gradient.map((slope, i) => {
    const bound = lasso[i]!
    if (point[i]! !== 0) return slope + Math.sign(point[i]!) * bound
    if (slope + bound < 0) return slope + bound
    return slope - bound > 0 ? slope - bound : 0
  })
}

function quasiNewton(slope: Float64Array, steps: Step[]): Float64Array {
  const direction = slope.map((value) => -value)
  const shares: number[] = []
  for (const { moved, turned, product } of steps.toReversed()) {
    const share = dot(moved, direction) / product
    shares.push(share)
    add(direction, turned, -share)
  }
  const last = steps.at(-1)
  if (last) {
    const scale = last.product / dot(last.turned, last.turned)
    for (let i = 0; i < direction.length; i++) direction[i]! *= scale
  }
  for (const { moved, turned, product } of steps)
    add(direction, moved, shares.pop()! - dot(turned, direction) / product)
  return direction
}

/** With a lasso no number passes 0 in one step. */
function advance(point: Float64Array, direction: Float64Array, reach: number, slope: Float64Array | null) {
  return point.map((value, i) => {
    const next = value + reach * direction[i]!
    if (!slope) return next
    const side = value !== 0 ? Math.sign(value) : -Math.sign(slope[i]!)
    return Math.sign(next) === side ? next : 0
  })
}

function remember(
  steps: Step[],
  from: Float64Array,
  to: Float64Array,
  slope: Float64Array,
  nextSlope: Float64Array,
) {
  const moved = to.map((value, i) => value - from[i]!)
  const turned = nextSlope.map((value, i) => value - slope[i]!)
  const product = dot(moved, turned)
  if (product <= 1e-14 * dot(turned, turned)) return
  steps.push({ moved, turned, product })
  if (steps.length > memory) steps.shift()
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

function add(to: Float64Array, values: Float64Array, share: number) {
  for (let i = 0; i < to.length; i++) to[i]! += share * values[i]!
}
