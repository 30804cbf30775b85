import { z } from 'zod'
import { importNaming } from '../../protocol/imported-model'

/** What a person may say of an upload: how its inputs and outputs are called, and records to try it with. */
export const wishes = z.object({
  naming: importNaming.optional(),
  records: z.array(z.json()).min(1, 'give one record at least').max(100).optional(),
})
