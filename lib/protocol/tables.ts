import { z } from 'zod'
import type { KnownColumn } from './dataset-save'
import { maxAskedColumns, maxPageRows } from './limits'

/** What the table viewer asks of a shown table, and what it is answered with. Columns are named by their place. */

/** A cell as JSON: dates as ISO text, what JSON lacks as text, long text cut. */
export type TableCell = string | number | boolean | null

/** What a column is sorted, filtered and summarised as. */
export type ColumnKind = 'number' | 'bigint' | 'boolean' | 'time' | 'text' | 'other'

const column = z.int().min(0).max(100_000)
/** Of the registry of shown tables. */
const table = z.string().max(100)

const filter = z.discriminatedUnion('op', [
  /** Both ends belong to it. Times in milliseconds since 1970. */
  z.object({ op: z.literal('range'), column, min: z.number().optional(), max: z.number().optional() }),
  /** Small and capital letters count as the same. */
  z.object({ op: z.literal('contains'), column, text: z.string().min(1).max(500) }),
  /** Values as cells show them. */
  z.object({
    op: z.literal('in'),
    column,
    values: z.array(z.union([z.string().max(2000), z.number(), z.boolean(), z.null()])).max(500),
  }),
  z.object({ op: z.literal('null'), column, not: z.boolean() }),
])
export type TableFilter = z.infer<typeof filter>

export const tableQuery = z.object({
  /** The first counts most; missing values come last either way. */
  sort: z.array(z.object({ column, descending: z.boolean() })).max(10),
  /** All of them hold. */
  filters: z.array(filter).max(50),
  /** Some cell of the row contains it; `''`: no search. */
  search: z.string().max(500),
})
export type TableQuery = z.infer<typeof tableQuery>

const columns = z.array(column).max(maxAskedColumns)

const pageParams = z.object({
  table,
  query: tableQuery,
  columns,
  from: z.int().min(0),
  size: z.int().min(1).max(maxPageRows),
  /** Answer when all rows are counted, not when the page is full. */
  counted: z.boolean(),
})

export type TablePage = {
  from: number
  /** Rows that the query leaves; while `counted` is false there are at least so many. */
  rows: number
  counted: boolean
  /** Of each row, its place in the table. */
  places: number[]
  /** By row, in the order of the asked columns. */
  cells: TableCell[][]
}

const summaryParams = z.object({
  table,
  query: tableQuery.pick({ filters: true, search: true }),
  columns,
})

/** A column over the rows that the query leaves. */
export type ColumnSummary = {
  nulls: number
  /** Distinct values that are not missing; `capped`: there are more. */
  distinct: number
  capped: boolean
  /** Of numbers and times (milliseconds since 1970); infinite ones and NaN left out. */
  range?: { min: number; max: number; mean: number; bins: number[] }
  /** The most frequent values, where some come more than once. */
  top?: { value: TableCell; count: number }[]
}

export type TableSummary = { rows: number; columns: ColumnSummary[] }

export const tableFormat = z.enum(['csv', 'parquet'])
export type TableFormat = z.infer<typeof tableFormat>

/** The rows that a query leaves, in its order, with all columns. */
const fileParams = z.object({ table, query: tableQuery, format: tableFormat })

/** A file of a table that has begun: what its columns are known to be, whether a query gave it. */
export type TableFile = { file: string; columns: KnownColumn[]; query: boolean }

/** A part of a file; the last has `done`. */
export type TablePart = { base64: string; done: boolean }

export const tableAsks = {
  /** Rows of a table that a cell shows, sorted, filtered and searched. */
  'table.page': { to: 'child', action: 'notebook.read', params: pageParams, timeoutMs: 60_000 },
  /** What its columns hold. */
  'table.summary': { to: 'child', action: 'notebook.read', params: summaryParams, timeoutMs: 60_000 },
  /** Begins a file of a table; its parts follow. */
  'table.file': { to: 'child', action: 'notebook.read', params: fileParams, timeoutMs: 60_000 },
  'table.part': {
    to: 'child',
    action: 'notebook.read',
    params: z.object({ file: z.string().max(100) }),
    timeoutMs: 60_000,
  },
} as const

export type TableResults = {
  'table.page': TablePage
  'table.summary': TableSummary
  'table.file': TableFile
  'table.part': TablePart
}
