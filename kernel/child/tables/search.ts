import { textOf, toNumber } from './cell'
import type { Column, ColumnTable } from './column-table'
import { containsText } from './contains'
import { containsDigits } from './digits'
import type { Narrow } from './narrow'

/** Keeps the rows of which some cell contains the text. Column by column, since a loop over one kind of values is fast. */
export function narrowToFound({ columns }: ColumnTable, wanted: string): Narrow {
  const looks = columns.flatMap((column) => lookInto(column, wanted) ?? [])
  let found = new Uint8Array(0)
  return (rows, count) => {
    if (found.length < count) found = new Uint8Array(count)
    found.fill(0, 0, count)
    for (const holds of looks) {
      for (let i = 0; i < count; i++) if (found[i] === 0 && holds(rows[i]!)) found[i] = 1
    }
    let kept = 0
    for (let i = 0; i < count; i++) if (found[i] === 1) rows[kept++] = rows[i]!
    return kept
  }
}

/** What looks at one row's cell; undefined where no cell of the column can hold the text. */
function lookInto({ kind, data, at }: Column, wanted: string): ((row: number) => boolean) | undefined {
  const holds = containsText(wanted)
  if (kind === 'text')
    return (row) => {
      const value = at(row)
      return typeof value === 'string' && holds(value)
    }
  if (!letters[kind].test(wanted)) return undefined
  if (kind === 'time' && /^[-\d]+$/.test(wanted)) return onDays(at, wanted)
  const digits = kind === 'number' && /^\d{1,15}$/.test(wanted) ? containsDigits(wanted) : undefined
  if (digits) {
    const whole = (value: unknown) => {
      if (typeof value !== 'number') return value !== null && value !== undefined && holds(String(value))
      return Number.isSafeInteger(value) ? digits(value) : holds(String(value))
    }
    if (data && ArrayBuffer.isView(data)) {
      const typed = data as ArrayLike<number>
      return (row) => whole(typed[row])
    }
    return (row) => whole(at(row))
  }
  return (row) => {
    const value = at(row)
    return value !== null && value !== undefined && holds(textOf(value, kind))
  }
}

/** Of what the texts of a kind are made: nothing else can be found there. */
const letters = {
  number: /^[-+.\de]+$|^(inf|nan)/i,
  bigint: /^[-\d]+$/,
  boolean: /^[truefals]+$/i,
  // Milliseconds would be found for any few digits: the time of day is looked into for what is written as one.
  time: /^\d{4}$|^\d*-[-\d]*$|^[-\d]*t?\d+:[:.\d]*z?$/i,
  other: /^/,
} as const

const dayMs = 86_400_000

/** Looks into dates, each day written once. */
function onDays(at: Column['at'], wanted: string) {
  const days = new Map<number, boolean>()
  return (row: number) => {
    const value = at(row)
    if (value === null || value === undefined) return false
    const day = Math.floor(toNumber(value) / dayMs)
    let found = days.get(day)
    if (found === undefined) {
      found = textOf(day * dayMs, 'time')
        .slice(0, -'T00:00:00.000Z'.length)
        .includes(wanted)
      days.set(day, found)
    }
    return found
  }
}
