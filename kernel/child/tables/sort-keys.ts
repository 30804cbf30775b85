import { textOf, toNumber } from './cell'
import type { Column } from './column-table'
import { chunkRows, type Pause } from './pause'
import type { Keyed } from './radix'

/**
 * What rows are sorted by, 64 bits at a time: a number has one such key, text as many as its length needs. A missing
 * value's key is the highest in either direction, NaN's the next.
 */
export type Level = { column: Column; descending: boolean; depth: number }

/** Characters of a key: twice as many where a byte holds each of them. */
const wide = 4
const narrow = 8
/** The largest codes: below all ones, which is the key of what is missing. */
const largestNarrow = 0xfe
const largestWide = 0xfffe
/** What follows a text's last character. Characters begin at 2: turned, no text's key is all ones either. */
const ended = 1

const highest = 0xffffffff

/** Where the same column's next level begins, and the bits of a key's last character. */
export type Filled = { next: number; lastCharacter: number }

/** Writes the keys of all rows for a level. */
export async function fillKeys(keys: Keyed, level: Level, pause: Pause): Promise<Filled> {
  const { column, depth } = level
  if (isText(column)) return fillText(keys, level, pause)
  if (column.kind === 'bigint' && depth > 0) await fillBigints(keys, level, pause)
  else await fillNumbers(keys, level, pause)
  return { next: depth + 1, lastCharacter: 0 }
}

/** Whether rows of this one key of a level may still differ in the level's own column. */
export function isOpen(
  { column, descending, depth }: Level,
  { lastCharacter }: Filled,
  hi: number,
  lo: number,
): boolean {
  if (hi === highest && lo >= highest - 1) return false
  if (!isText(column)) return column.kind === 'bigint' && depth === 0
  return ((descending ? ~lo : lo) & lastCharacter) !== ended
}

const isText = ({ kind }: Column) => kind === 'text' || kind === 'other'

const float = new Float64Array(1)
const words = new Uint32Array(float.buffer)

async function fillNumbers({ rows, hi, lo }: Keyed, { column, descending }: Level, pause: Pause) {
  const { data, at } = column
  const typed = data && ArrayBuffer.isView(data) && column.kind === 'number' ? data : undefined
  for (let begin = 0; begin < rows.length; begin += chunkRows) {
    await pause()
    const end = Math.min(rows.length, begin + chunkRows)
    for (let i = begin; i < end; i++) {
      const row = rows[i]!
      const value = typed ? (typed[row] as number) : at(row)
      if (value === null || value === undefined) {
        hi[i] = highest
        lo[i] = highest
        continue
      }
      const number = typeof value === 'number' ? value : toNumber(value)
      if (Number.isNaN(number)) {
        hi[i] = highest
        lo[i] = highest - 1
        continue
      }
      // -0 becomes 0: they are equal.
      float[0] = number + 0
      // Bits of a double order as its value does once the sign is turned, and a negative number's bits altogether.
      const flip = words[1]! >>> 31 ? highest : 0x80000000
      const high = words[1]! ^ flip
      const low = flip === highest ? ~words[0]! : words[0]!
      hi[i] = descending ? ~high : high
      lo[i] = descending ? ~low : low
    }
  }
}

/** Bigints of one double: exactly, by their last 64 bits. */
async function fillBigints({ rows, hi, lo }: Keyed, { column, descending }: Level, pause: Pause) {
  for (let begin = 0; begin < rows.length; begin += chunkRows) {
    await pause()
    const end = Math.min(rows.length, begin + chunkRows)
    for (let i = begin; i < end; i++) {
      const value = BigInt(column.at(rows[i]!) as bigint)
      const high = Number(BigInt.asUintN(32, value >> 32n)) ^ 0x80000000
      const low = Number(BigInt.asUintN(32, value))
      hi[i] = descending ? ~high : high
      lo[i] = descending ? ~low : low
    }
  }
}

/**
 * What all texts of a sample share is skipped, and bytes are taken for characters, until a text shows that this was
 * wrong: each text is looked up once, since fetching a million of them from memory is what takes the time.
 */
async function fillText(keys: Keyed, level: Level, pause: Pause): Promise<Filled> {
  const { depth } = level
  let skipped = sharedPrefix(keys.rows, level)
  let write = writeNarrow
  for (;;) {
    const wrong = await tryFill(keys, level, { skipped, write }, pause)
    if (wrong === undefined) break
    if (wrong === 'prefix') skipped = ''
    else write = writeWide
  }
  const from = depth + skipped.length
  return write === writeNarrow
    ? { next: from + narrow, lastCharacter: 0xff }
    : { next: from + wide, lastCharacter: 0xffff }
}

const sampled = 200

function sharedPrefix(rows: Uint32Array, { column, depth }: Level): string {
  const step = Math.max(1, Math.floor(rows.length / sampled))
  let shared: string | undefined
  for (let i = 0; i < rows.length && shared !== ''; i += step) {
    const text = present(column, rows[i]!)?.slice(depth)
    if (text === undefined) continue
    shared ??= text
    let length = 0
    while (length < shared.length && shared.charCodeAt(length) === text.charCodeAt(length)) length++
    shared = shared.slice(0, length)
  }
  return shared ?? ''
}

type Guess = { skipped: string; write: (keys: Keyed, i: number, text: string, from: number) => boolean }

async function tryFill(keys: Keyed, level: Level, { skipped, write }: Guess, pause: Pause) {
  const { column, descending, depth } = level
  const { rows, hi, lo } = keys
  const from = depth + skipped.length
  for (let begin = 0; begin < rows.length; begin += chunkRows) {
    await pause()
    const end = Math.min(rows.length, begin + chunkRows)
    for (let i = begin; i < end; i++) {
      const text = present(column, rows[i]!)
      if (text === undefined) {
        hi[i] = highest
        lo[i] = highest
        continue
      }
      if (from > depth && !text.startsWith(skipped, depth)) return 'prefix'
      if (!write(keys, i, text, from)) return 'characters'
      if (descending) {
        hi[i] = ~hi[i]!
        lo[i] = ~lo[i]!
      }
    }
  }
  return undefined
}

function present({ at, kind }: Column, row: number): string | undefined {
  const value = at(row)
  if (typeof value === 'string') return value
  return value === null || value === undefined ? undefined : textOf(value, kind)
}

/** False where a character is more than a byte. */
function writeNarrow({ hi, lo }: Keyed, i: number, text: string, from: number): boolean {
  const { length } = text
  let high = 0
  let low = 0
  for (let k = from; k < from + 4; k++) {
    const code = k < length ? text.charCodeAt(k) + 2 : ended
    if (code > largestNarrow) return false
    high = (high << 8) | code
  }
  for (let k = from + 4; k < from + narrow; k++) {
    const code = k < length ? text.charCodeAt(k) + 2 : ended
    if (code > largestNarrow) return false
    low = (low << 8) | code
  }
  hi[i] = high
  lo[i] = low
  return true
}

function writeWide({ hi, lo }: Keyed, i: number, text: string, from: number): boolean {
  hi[i] = (wideCode(text, from) << 16) | wideCode(text, from + 1)
  lo[i] = (wideCode(text, from + 2) << 16) | wideCode(text, from + 3)
  return true
}

const wideCode = (text: string, at: number) =>
  at < text.length ? Math.min(text.charCodeAt(at) + 2, largestWide) : ended
