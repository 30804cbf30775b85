/** About `count` round numbers that enclose `low` to `high`. */
export function niceTicks(low: number, high: number, count: number): number[] {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [0, 1]
  if (low === high)
    return low === 0 ? [0, 1] : niceTicks(low - Math.abs(low) / 2, high + Math.abs(high) / 2, count)
  const raw = (high - low) / count
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= raw * 0.999) ?? raw
  const first = Math.floor(low / step + 1e-9)
  const last = Math.ceil(high / step - 1e-9)
  // By whole multiples: adding the step again and again would gather its binary error.
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)))
}

/**
 * Where the axis of epochs ends. It is the whole training where that is short; a long one is shown by halves, quarters …
 * of it, so that the curve fills its chart and the axis rarely changes.
 */
export function axisEnd(epochs: number, reached: number) {
  let end = Math.max(1, epochs, reached)
  while (end > 40 && reached <= end / 2) end = Math.ceil(end / 2)
  return end
}
