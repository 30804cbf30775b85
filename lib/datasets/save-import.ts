import { z } from 'zod'
import { importColumns, importOptions } from '../protocol/dataset-import'
import { datasetName } from './name'

/** What an upload becomes: a data set of a new name, or the next version of one. */
export const importTarget = z.union([
  z.object({ name: datasetName, description: z.string().trim().max(2000).default('') }),
  z.object({ datasetId: z.uuid(), parent: z.number().int().min(1) }),
])

/** What a person decides about an uploaded file. */
export const saveImport = z.object({
  options: importOptions.default({}),
  /** As the preview has them; what is found out where they are left out. */
  columns: importColumns.optional(),
  /** Whether lines that cannot be rows are left out; else they forbid it. */
  leaveOutRejected: z.boolean().default(false),
  /** Whether values that are not of their column's type become missing; else they forbid it. */
  misfitsAsMissing: z.boolean().default(false),
  target: importTarget,
  message: z.string().trim().max(2000).default(''),
})
export type SaveImport = z.infer<typeof saveImport> & {
  uploadId: string
  /** The person; null for a machine. */
  userId: string | null
  origin: 'upload' | 'push' | 'requests'
}
