import { formatCount } from '../units'

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

/** `1 row`, `2 rows`. */
export const plural = (value: number, word: string) =>
  `${formatCount(value)} ${value === 1 ? word : `${word}s`}`

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
