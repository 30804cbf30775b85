import { z } from 'zod'
import type { DatasetColumn } from './dataset'

/** A data set of the notebook's workspace, as a cell asks for it; its newest version unless one is named. */
export const datasetAsk = z.object({
  name: z.string().max(100),
  version: z
    .number()
    .int()
    .positive()
    .max(2 ** 31 - 1)
    .optional(),
})
export type DatasetAsk = z.infer<typeof datasetAsk>

/** The same, as a host asks web for a person whose cell runs. */
export const hostDataset = datasetAsk.extend({
  notebookId: z.uuid(),
  userId: z.uuid(),
  cellId: z.string().max(100),
})
export type HostDataset = z.infer<typeof hostDataset>

/** Whose file a host fetches, and for which kernel: that of a notebook, for a person, or that of a reproduction. */
export const datasetFile = z.union([
  z.object({ notebookId: z.uuid(), userId: z.uuid(), versionId: z.uuid() }),
  z.object({ reproductionId: z.uuid(), versionId: z.uuid() }),
])
export type DatasetFile = z.infer<typeof datasetFile>

/** What is read: one version of a data set. */
export type ReadVersion = {
  versionId: string
  name: string
  version: number
  /** Of its content (`lib/datasets/hash`). */
  hash: string
  columns: DatasetColumn[]
  rows: number
}

/**
 * The same where a kernel can read it: a Parquet file, `__row` first. `bytes`: of the file. `changes`: rows that differ
 * from it, where they are a file of their own.
 */
export type OpenedDataset = ReadVersion & { file: string; bytes: number; changes?: string }
