import { inspect } from 'node:util'
import type { TableCell } from '../../../lib/protocol/tables'
import type { ColumnKind } from './column-table'

/** Longer text of one cell is cut: a page stays small, whatever the table holds. */
const longest = 2000

/** A value as the page shows it. */
export function toCell(value: unknown, kind: ColumnKind): TableCell {
  if (value === null || value === undefined) return null
  if (typeof value === 'number') {
    if (kind === 'time') return timeText(value)
    return Number.isFinite(value) ? value : String(value)
  }
  if (typeof value === 'boolean') return value
  const text = textOf(value, kind)
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}

/** A present value as text, by which it is searched. */
export function textOf(value: unknown, kind: ColumnKind): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return kind === 'time' ? timeText(value) : String(value)
  if (value instanceof Date) return timeText(value.getTime())
  if (typeof value === 'object' && value !== null)
    return (
      ownJson(value) ??
      inspect(value, { depth: 1, breakLength: Number.POSITIVE_INFINITY, maxArrayLength: 10 }).slice(0, 200)
    )
  return String(value)
}

/** Lists and structs of Arrow say themselves what they hold. */
function ownJson(value: object) {
  if (typeof (value as { toJSON?: unknown }).toJSON !== 'function') return undefined
  try {
    return JSON.stringify(value).slice(0, 200)
  } catch {
    // It holds bigints.
    return undefined
  }
}

function timeText(ms: number) {
  const date = new Date(ms)
  return Number.isNaN(date.getTime()) ? 'Invalid Date' : date.toISOString()
}

/** A number, bigint, boolean or time as a number; NaN for what is none. */
export function toNumber(value: unknown): number {
  if (typeof value === 'number') return value
  if (value instanceof Date) return value.getTime()
  return typeof value === 'bigint' || typeof value === 'boolean' ? Number(value) : Number.NaN
}
