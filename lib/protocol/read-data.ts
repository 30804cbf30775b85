import { z } from 'zod'

/** A file or a version of a data set that a cell read with `dataset()`, as its bytes were then. */
export const readData = z.object({
  cellId: z.string(),
  name: z.string().max(1000),
  bytes: z.number().int().nonnegative(),
  /** Hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Where it is a data set, whose hash then stands in `sha256`. */
  dataset: z.object({ versionId: z.uuid(), version: z.number().int().positive() }).optional(),
})
export type ReadData = z.infer<typeof readData>
