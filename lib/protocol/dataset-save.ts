import { z } from 'zod'
import { columnTypes, maxColumns } from './dataset'

/**
 * What a column of a saved table is known to be, where its values are of it: JavaScript's numbers say nothing of whole
 * ones, and its dates nothing of days. Null where only the values tell.
 */
export const knownColumn = z
  .object({
    type: z.enum(columnTypes),
    /** Of `numbers`. */
    shape: z.array(z.int().positive()).max(8).optional(),
  })
  .nullable()
export type KnownColumn = z.infer<typeof knownColumn>

/** Of a table, in the order of its columns. */
export const knownColumns = z.array(knownColumn).max(maxColumns)

/** What a cell saves: a data set of its notebook's workspace, by its name. */
export const saveAsk = z.object({
  /** The door refuses what is no name, in its own words. */
  name: z.string().max(200),
  message: z.string().max(2000).default(''),
  columns: knownColumns,
  /** Whether a query gave the table. */
  query: z.boolean(),
  cellId: z.string().max(100),
})
export type SaveAsk = z.infer<typeof saveAsk>

/** The same, as a host hands it over for the person whose cell runs; its Parquet file is the body. */
export const hostSave = saveAsk.extend({ notebookId: z.uuid(), userId: z.uuid() })
export type HostSave = z.infer<typeof hostSave>

/** What a table became. */
export type SavedDataset = {
  name: string
  version: number
  rows: number
  /** Of its content (`lib/datasets/hash`). */
  hash: string
  /** Address of its page. */
  page: string
}
