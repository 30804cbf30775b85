import { z } from 'zod'

/** What a page asks for, as it stands in an address. */
export const runQuery = z.object({
  filter: z.string().max(1000).optional(),
  sort: z.string().max(150).optional(),
  page: z.coerce.number().int().min(0).max(100_000).optional(),
  notebookId: z.uuid().optional(),
})
