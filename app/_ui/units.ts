const number = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** `1,204` */
export const formatCount = (value: number) => number.format(value)

/** `0.84 ms`, `12 ms`, `1.4 s`; a dash where nothing was measured. */
export function formatMs(ms: number | null | undefined): string {
  if (ms == null) return '–'
  if (ms < 1) return `${ms.toFixed(2)} ms`
  if (ms < 10) return `${ms.toFixed(1)} ms`
  if (ms < 1000) return `${Math.round(ms)} ms`
  return `${(ms / 1000).toFixed(1)} s`
}

/** `812 B`, `4.2 kB`, `18 MB`; powers of ten. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}

/** `0.4 %` */
export const formatShare = (part: number, whole: number) =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(part === 0 ? 0 : 1)} %`

/** A difference of two predictions: `0`, `3.1e-8`. */
export const formatDifference = (value: number) => (value === 0 ? '0' : value.toExponential(1))
