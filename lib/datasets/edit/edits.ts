import { z } from 'zod'
import type { DatasetValue } from '../../protocol/dataset'
import type { DatasetConflicts } from '../../protocol/dataset-edit'
import type { CreatedVersion } from '../create-version'

/** Most rows of one save. Whoever changes more does so in a notebook, or uploads a file. */
export const mostEditedRows = 20_000

const value: z.ZodType<DatasetValue> = z.union([
  z.null(),
  z.boolean(),
  z.number(),
  z.string().max(1_000_000),
  z.array(z.number()).max(1_000_000),
])
/** By the name of the column. */
const values = z.record(z.string(), value)
const row = z.number().int().min(0)

/** What a person changed of a version. What is left out stays; a new row's is missing. */
export const datasetEdits = z
  .object({
    changed: z.array(z.object({ row, values })).default([]),
    deleted: z.array(row).default([]),
    added: z.array(values).default([]),
  })
  .refine(({ changed, deleted, added }) => changed.length + deleted.length + added.length <= mostEditedRows, {
    error: `at most ${mostEditedRows} rows are saved at once; save more often, or upload a file`,
  })
  .refine(
    ({ changed, deleted }) =>
      new Set([...changed.map(({ row }) => row), ...deleted]).size === changed.length + deleted.length,
    { error: 'each row is changed once or deleted once' },
  )
export type DatasetEdits = z.infer<typeof datasetEdits>

export const saveEdits = z.object({
  /** Number of the version that the person saw while they edited. */
  parent: z.number().int().min(1),
  edits: datasetEdits,
  message: z.string().trim().max(2000).default(''),
})
export type SaveEdits = z.infer<typeof saveEdits> & {
  datasetId: string
  /** The person; null for a machine. */
  userId: string | null
}

/** What came of it. Where others changed the same rows nothing is saved. */
export type SavedEdits =
  | {
      state: 'saved'
      version: CreatedVersion
      /** Versions that others made meanwhile, on top of which it was saved. */
      meanwhile: number
      counts: { added: number; changed: number; deleted: number }
    }
  | { state: 'conflicts'; conflicts: DatasetConflicts }
