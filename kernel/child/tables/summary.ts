import { maxDistinct } from '../../../lib/protocol/limits'
import type { ColumnSummary } from '../../../lib/protocol/tables'
import { toCell, toNumber } from './cell'
import type { Column } from './column-table'
import { createNumberSet } from './number-set'
import { chunkRows, createPause, type Pause } from './pause'

const binCount = 20
const topCount = 5

/** What a column holds in these rows. */
export async function summarize(column: Column, rows: Uint32Array): Promise<ColumnSummary> {
  const pause = createPause()
  const numeric = column.kind === 'number' || column.kind === 'bigint' || column.kind === 'time'
  return numeric ? summarizeNumbers(column, rows, pause) : summarizeValues(column, rows, pause)
}

async function summarizeNumbers(column: Column, rows: Uint32Array, pause: Pause): Promise<ColumnSummary> {
  const { at } = column
  const seen = createNumberSet(maxDistinct.numbers)
  let nulls = 0
  let finite = 0
  let mean = 0
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  let whole = true
  for (let begin = 0; begin < rows.length; begin += chunkRows) {
    await pause()
    const end = Math.min(rows.length, begin + chunkRows)
    for (let i = begin; i < end; i++) {
      const value = at(rows[i]!)
      if (value === null || value === undefined) {
        nulls++
        continue
      }
      const number = toNumber(value)
      seen.add(number)
      if (!Number.isFinite(number)) continue
      finite++
      mean += (number - mean) / finite
      if (number < min) min = number
      if (number > max) max = number
      if (whole && !Number.isInteger(number)) whole = false
    }
  }
  const { size: distinct, full: capped } = seen
  if (finite === 0) return { nulls, distinct, capped }
  const bins = await count(column, rows, { min, max, whole }, pause)
  return { nulls, distinct, capped, range: { min, max, mean, bins } }
}

/** How many values lie in each of equal parts of the range; of few whole numbers each has its own. */
async function count(
  { at }: Column,
  rows: Uint32Array,
  { min, max, whole }: { min: number; max: number; whole: boolean },
  pause: Pause,
) {
  const each = whole && max - min < binCount
  const size = max === min ? 1 : each ? max - min + 1 : binCount
  const bins: number[] = new Array(size).fill(0)
  const width = (max - min) / (each ? size - 1 : size) || 1
  for (let begin = 0; begin < rows.length; begin += chunkRows) {
    await pause()
    const end = Math.min(rows.length, begin + chunkRows)
    for (let i = begin; i < end; i++) {
      const value = at(rows[i]!)
      if (value === null || value === undefined) continue
      const number = toNumber(value)
      if (number >= min && number <= max) bins[Math.min(size - 1, Math.floor((number - min) / width))]!++
    }
  }
  return bins
}

async function summarizeValues(
  { at, kind }: Column,
  rows: Uint32Array,
  pause: Pause,
): Promise<ColumnSummary> {
  const counts = new Map<unknown, number>()
  let nulls = 0
  let capped = false
  for (let begin = 0; begin < rows.length; begin += chunkRows) {
    await pause()
    const end = Math.min(rows.length, begin + chunkRows)
    for (let i = begin; i < end; i++) {
      const value = at(rows[i]!)
      if (value === null || value === undefined) {
        nulls++
        continue
      }
      if (capped) continue
      const key = typeof value === 'object' ? toCell(value, kind) : value
      const before = counts.get(key)
      if (before === undefined && counts.size === maxDistinct.values) capped = true
      else counts.set(key, (before ?? 0) + 1)
    }
  }
  const summary: ColumnSummary = { nulls, distinct: counts.size, capped }
  // What was counted of a part of the rows says nothing of which values are frequent.
  if (capped) return summary
  const top = mostFrequent(counts).filter(([, count]) => count > 1 || counts.size <= topCount)
  if (top.length > 0) summary.top = top.map(([value, count]) => ({ value: toCell(value, kind), count }))
  return summary
}

/** In one pass: a million entries are not sorted for the first few. */
function mostFrequent(counts: Map<unknown, number>) {
  const top: [unknown, number][] = []
  for (const entry of counts) {
    if (top.length === topCount && entry[1] <= top[topCount - 1]![1]) continue
    let at = top.length
    while (at > 0 && top[at - 1]![1] < entry[1]) at--
    top.splice(at, 0, entry)
    if (top.length > topCount) top.pop()
  }
  return top
}
