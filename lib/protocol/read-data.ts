import { z } from 'zod'

/** A file that a cell read with `dataset()`, as its bytes were then. */
export const readData = z.object({
  cellId: z.string(),
  name: z.string().max(1000),
  bytes: z.number().int().nonnegative(),
  /** Hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})
export type ReadData = z.infer<typeof readData>
