import { z } from 'zod'
import type { SqlSchema } from '../notebook/sql/complete'

/** What completion in SQL cells asks of a kernel child. */
export const sqlAsks = {
  /** Tables that a query can read, with their columns, and data files; the columns of `files`, too. */
  'sql.schema': {
    to: 'child',
    action: 'kernel.execute',
    params: z.object({ files: z.array(z.string().min(1).max(500)).max(10) }),
  },
} as const

export type SqlResults = { 'sql.schema': SqlSchema }
