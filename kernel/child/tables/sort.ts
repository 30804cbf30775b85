import type { TableQuery } from '../../../lib/protocol/tables'
import type { ColumnTable } from './column-table'
import { createPause, type Pause } from './pause'
import { type Keyed, radixSort } from './radix'
import { type Filled, fillKeys, isOpen, type Level } from './sort-keys'

/** Rows in an order that is made as far as it is looked at. */
export type Sorted = {
  /** The rows at these places of the order. */
  page(from: number, to: number): Promise<Uint32Array>
}

/**
 * Sorts rows by several columns, the first counting most; equal rows keep their order. All rows are sorted by the first
 * 64 bits of the first column, which settles most of them; those with one key are told apart, bits by bits and column by
 * column, only when a page shows some of them. Text is ordered by its UTF-16 code units, as `<` orders it.
 */
export async function sortRows(
  { columns }: ColumnTable,
  sort: TableQuery['sort'],
  rows: Uint32Array,
): Promise<Sorted> {
  const levels = sort.map(
    ({ column, descending }): Level => ({
      column: columns[column]!,
      descending,
      depth: 0,
    }),
  )
  const first = await sortBy({ level: levels[0]!, rest: levels.slice(1) }, rows, createPause())
  return {
    async page(from, to) {
      const page = first.keys.rows.slice(from, to)
      await settle(first, from, Math.min(to, rows.length), page, from, createPause())
      return page
    },
  }
}

type Step = { level: Level; rest: Level[] }
type Ordered = Step & { keys: Keyed; filled: Filled }

async function sortBy(step: Step, rows: Uint32Array, pause: Pause): Promise<Ordered> {
  const keys = {
    rows: rows.slice(),
    hi: new Uint32Array(rows.length),
    lo: new Uint32Array(rows.length),
  }
  const filled = await fillKeys(keys, step.level, pause)
  return { ...step, filled, keys: await radixSort(keys, pause) }
}

/**
 * Writes rows `from` to `to` of an order into the page, those of one key in the order of what comes after that key.
 * The order's first row would stand at `-begin` of the page.
 */
async function settle(
  { level, rest, keys, filled }: Ordered,
  from: number,
  to: number,
  page: Uint32Array,
  begin: number,
  pause: Pause,
): Promise<void> {
  const { rows, hi, lo } = keys
  const same = (a: number, b: number) => hi[a] === hi[b] && lo[a] === lo[b]
  for (let at = from; at < to; ) {
    let first = at
    while (first > 0 && same(first - 1, at)) first--
    let end = at + 1
    while (end < rows.length && same(end, at)) end++
    const [next] = rest
    const step = isOpen(level, filled, hi[at]!, lo[at]!)
      ? { level: { ...level, depth: filled.next }, rest }
      : next && { level: next, rest: rest.slice(1) }
    const until = Math.min(end, to)
    if (step && end - first > 1) {
      const group = await sortBy(step, rows.subarray(first, end), pause)
      page.set(group.keys.rows.subarray(at - first, until - first), at - begin)
      await settle(group, at - first, until - first, page, begin - first, pause)
    }
    at = until
  }
}
