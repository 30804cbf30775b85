import { maxPageRows } from '../../../lib/protocol/limits'
import type { ColumnSummary, TablePage, TableQuery, TableSummary } from '../../../lib/protocol/tables'
import { toCell } from './cell'
import type { ColumnTable } from './column-table'
import { type Selection, selectRows } from './selection'
import { type Sorted, sortRows } from './sort'
import { summarize } from './summary'

/** A shown table that is looked through. What was looked at last is kept, so that the next page of it comes at once. */
export type LiveTable = {
  table: ColumnTable
  page(asked: {
    query: TableQuery
    columns: number[]
    from: number
    size: number
    counted: boolean
  }): Promise<TablePage>
  summary(query: Pick<TableQuery, 'filters' | 'search'>, columns: number[]): Promise<TableSummary>
  /** All rows that a query leaves, in its order. */
  rows(query: TableQuery): Promise<Rows>
}

export type Rows = { count: number; page(from: number, to: number): Promise<Uint32Array> }

/** Selections and orders that are kept: those of two people, or the present and the one before. */
const kept = 2
/** `patienceMs`: how long a page that is full waits until all rows are counted. */
export function createLiveTable(table: ColumnTable, { patienceMs = 80 } = {}): LiveTable {
  const selections = createCache<Selection>()
  const orders = createCache<Promise<Sorted>>()
  const summaries = createCache<Map<number, Promise<ColumnSummary>>>()

  const select = ({ filters, search }: Pick<TableQuery, 'filters' | 'search'>) =>
    selections.get(JSON.stringify([filters, search]), () => selectRows(table, { filters, search }))
  const order = (query: TableQuery) =>
    orders.get(JSON.stringify(query), async () => sortRows(table, query.sort, await select(query).whole()))
  const check = (query: Pick<TableQuery, 'filters'> & Partial<TableQuery>, asked: number[] = []) => {
    const named = [
      ...asked,
      ...query.filters.map(({ column }) => column),
      ...(query.sort ?? []).map(({ column }) => column),
    ]
    const unknown = named.find((column) => !table.columns[column])
    if (unknown !== undefined)
      throw new RangeError(`no such column; the table has ${table.columns.length}: ${unknown + 1}`)
  }

  return {
    table,
    async page({ query, columns, from, size, counted }) {
      check(query, columns)
      const selection = select(query)
      const to = from + Math.min(size, maxPageRows)
      const sorted = query.sort.length > 0
      if (counted || sorted) await selection.whole()
      const began = performance.now()
      while (!selection.done() && !(selection.count() >= to && performance.now() - began > patienceMs))
        await selection.step()
      // Says why it failed, if it did.
      if (selection.done()) await selection.whole()
      const rows = sorted ? await (await order(query)).page(from, to) : selection.slice(from, to)
      const shown = columns.map((column) => table.columns[column]!)
      return {
        from,
        rows: selection.count(),
        counted: selection.done(),
        places: Array.from(rows),
        cells: Array.from(rows, (row) => shown.map(({ at, kind }) => toCell(at(row), kind))),
      }
    },
    async summary(query, columns) {
      check(query, columns)
      const rows = await select(query).whole()
      const known = summaries.get(JSON.stringify([query.filters, query.search]), () => new Map())
      const summaryOf = (column: number) => {
        const summary = known.get(column) ?? summarize(table.columns[column]!, rows)
        known.set(column, summary)
        return summary
      }
      const found: ColumnSummary[] = []
      for (const column of columns) found.push(await summaryOf(column))
      return { rows: rows.length, columns: found }
    },
    async rows(query) {
      check(query)
      const selection = select(query)
      const { length: count } = await selection.whole()
      if (query.sort.length > 0) return { count, page: (await order(query)).page }
      return { count, page: async (from, to) => selection.slice(from, to) }
    },
  }
}

/** The last few of what is made by name. */
function createCache<T>() {
  const entries = new Map<string, T>()
  return {
    get(key: string, make: () => T): T {
      const entry = entries.get(key) ?? make()
      entries.delete(key)
      entries.set(key, entry)
      const [oldest] = entries.keys()
      if (entries.size > kept) entries.delete(oldest!)
      return entry
    },
  }
}
