import type { Pause } from './pause'

/** Rows with a 64-bit key each, in two halves. */
export type Keyed = { rows: Uint32Array; hi: Uint32Array; lo: Uint32Array }

export const keyed = (length: number): Keyed => ({
  rows: new Uint32Array(length),
  hi: new Uint32Array(length),
  lo: new Uint32Array(length),
})

/** Digits of 11 bits: their counts stay in the processor's nearest cache. */
const digits = [
  { half: 'lo', shift: 0 },
  { half: 'lo', shift: 11 },
  { half: 'lo', shift: 22 },
  { half: 'hi', shift: 0 },
  { half: 'hi', shift: 11 },
  { half: 'hi', shift: 22 },
] as const
const values = 2048
const mask = values - 1

/**
 * The rows by their keys, those of one key in their order before. By digits from the last: a million random keys in a
 * tenth of the time that comparing takes, and a digit that all keys share costs nothing.
 */
export async function radixSort(from: Keyed, pause: Pause): Promise<Keyed> {
  const { length } = from.rows
  if (length < 2) return from
  let source = from
  let target = keyed(length)
  for (const { half, shift } of digits) {
    await pause()
    const counts = new Uint32Array(values)
    const key = source[half]
    for (let i = 0; i < length; i++) counts[(key[i]! >>> shift) & mask]!++
    if (counts[(key[0]! >>> shift) & mask] === length) continue
    let sum = 0
    for (let value = 0; value < values; value++) {
      const count = counts[value]!
      counts[value] = sum
      sum += count
    }
    const { rows, hi, lo } = source
    const { rows: toRows, hi: toHi, lo: toLo } = target
    for (let i = 0; i < length; i++) {
      const at = counts[(key[i]! >>> shift) & mask]!++
      toRows[at] = rows[i]!
      toHi[at] = hi[i]!
      toLo[at] = lo[i]!
    }
    const free = source
    source = target
    target = free
  }
  return source
}
