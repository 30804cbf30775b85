/** A range in few characters: `0 – 99.5`, `2020-01-01 – 2024-12-31`. */
export function rangeText({ min, max }: { min: number; max: number }, type: string): string {
  const text = /^(date|timestamp|time)/i.test(type) ? day : short
  return min === max ? text(min) : `${text(min)} – ${text(max)}`
}

function day(ms: number) {
  const date = new Date(ms)
  return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString().slice(0, 10)
}

const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 2 })

function short(value: number) {
  if (value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e15)) return value.toExponential(1)
  if (Math.abs(value) >= 100_000) return compact.format(value)
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(3)))
}
