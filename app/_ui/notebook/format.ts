/** A duration in milliseconds as a person reads it: `12 ms`, `3.4 s`, `2 min 5 s`, `1 h 4 min`. */
export function duration(ms: number): string {
  if (ms < 1) return '<1 ms'
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** Bytes as a person reads them: `512 B`, `1.5 KB`, `23 MB`. */
export function bytes(count: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB']
  const power = count < 1 ? 0 : Math.min(Math.floor(Math.log10(count) / 3), units.length - 1)
  const value = count / 1000 ** power
  return `${power > 0 && value < 10 ? value.toFixed(1) : Math.round(value)} ${units[power]}`
}

const whole = new Intl.NumberFormat('en-US')
/** A count with its thousands apart. */
export const count = (value: number) => whole.format(value)

/** `1 row`, `2 rows`. */
export const plural = (value: number, word: string) => `${count(value)} ${value === 1 ? word : `${word}s`}`

/** A measured number in few digits: `0.3127`, `12.4`, `1.2e-7`. */
export function measured(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  if (value === 0) return '0'
  const size = Math.abs(value)
  if (size < 1e-3 || size >= 1e6) return value.toExponential(2)
  return size >= 100
    ? value.toFixed(1)
    : value
        .toPrecision(4)
        .replace(/(\.\d*?)0+$/, '$1')
        .replace(/\.$/, '')
}

/** A message as a sentence: with a capital and a full stop. */
export const sentence = (message: string) =>
  message.slice(0, 1).toUpperCase() + message.slice(1) + (/[.!?]$/.test(message) ? '' : '.')
