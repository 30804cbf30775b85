import { z } from 'zod'
import { importColumns, importOptions } from '../protocol/dataset-import'
import { knownColumns } from '../protocol/dataset-save'
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

/** The same, as Cellar itself asks for it. */
export const saveQuestion = saveImport.extend({
  uploadId: z.uuid(),
  /** The person; null for a machine. */
  userId: z.uuid().nullable(),
  origin: z.enum(['upload', 'push', 'requests', 'notebook', 'query']),
  /** `parent: null`: whichever version is the newest when it is made. */
  target: z.union([importTarget, z.object({ datasetId: z.uuid(), parent: z.null() })]),
  /** What the file's columns are, where all values fit; where they are not said, those of the version before tell. */
  known: knownColumns.optional(),
})
export type SaveImport = z.infer<typeof saveQuestion>
