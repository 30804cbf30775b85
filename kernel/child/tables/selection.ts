import type { TableQuery } from '../../../lib/protocol/tables'
import type { ColumnTable } from './column-table'
import { narrowBy } from './narrow'
import { chunkRows, createPause } from './pause'
import { narrowToFound } from './search'

/** The rows that filters and search leave, in the table's order, while and after they are looked for. */
export type Selection = {
  /** So many are found. */
  count(): number
  done(): boolean
  /** Those found so far at these places. */
  slice(from: number, to: number): Uint32Array
  /** When more may be found, or all are. */
  step(): Promise<void>
  /** All rows, when they are found. */
  whole(): Promise<Uint32Array>
}

/** Rows of a table as it shows them. */
export const shownRows = ({ length, indices }: ColumnTable) => indices?.length ?? length

function everyRow(length: number) {
  const rows = new Uint32Array(length)
  for (let row = 0; row < length; row++) rows[row] = row
  return rows
}

/** Without filters and search: nothing has to be looked for. */
function allOf(table: ColumnTable): Selection {
  const { indices } = table
  const count = shownRows(table)
  return {
    count: () => count,
    done: () => true,
    slice: (from, to) =>
      indices?.slice(from, to) ??
      Uint32Array.from({ length: Math.max(0, Math.min(to, count) - from) }, (_, i) => from + i),
    step: () => Promise.resolve(),
    whole: () => Promise.resolve(indices ?? everyRow(count)),
  }
}

export function selectRows(
  table: ColumnTable,
  { filters, search }: Pick<TableQuery, 'filters' | 'search'>,
): Selection {
  const narrows = [
    ...filters.map((filter) => narrowBy(table, filter)),
    ...(search === '' ? [] : [narrowToFound(table, search)]),
  ]
  if (narrows.length === 0) return allOf(table)
  const { indices } = table
  const length = shownRows(table)
  let found = new Uint32Array(Math.min(length, 4 * chunkRows))
  let count = 0
  let done = false
  let waiting: (() => void)[] = []

  const add = (rows: Uint32Array) => {
    if (count + rows.length > found.length) {
      const larger = new Uint32Array(Math.min(length, Math.max(2 * found.length, count + rows.length)))
      larger.set(found.subarray(0, count))
      found = larger
    }
    found.set(rows, count)
    count += rows.length
  }
  const tell = () => {
    const told = waiting
    waiting = []
    for (const each of told) each()
  }
  const look = async () => {
    const pause = createPause()
    const chunk = new Uint32Array(chunkRows)
    for (let begin = 0; begin < length; begin += chunkRows) {
      const turn = pause()
      if (turn) {
        tell()
        await turn
      }
      let size = Math.min(chunkRows, length - begin)
      for (let i = 0; i < size; i++) chunk[i] = indices ? indices[begin + i]! : begin + i
      for (const narrow of narrows) size = narrow(chunk, size)
      add(chunk.subarray(0, size))
    }
    done = true
    return found.subarray(0, count)
  }
  const whole = look()
  // Who asks for the whole hears of a failure; who waits for a step goes on to ask for it.
  whole.then(tell, () => {
    done = true
    tell()
  })
  return {
    count: () => count,
    done: () => done,
    slice: (from, to) => found.slice(from, Math.min(to, count)),
    step: () => (done ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    whole: () => whole,
  }
}
