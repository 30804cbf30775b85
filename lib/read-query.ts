import type { z } from 'zod'
import { Refused } from './refused'

/** What an address asks for behind `?`. Refuses what does not fit (400), by its name. */
export function readQuery<Value>(schema: z.ZodType<Value>, query: Record<string, string>): Value {
  const { success, data, error } = schema.safeParse(query)
  if (success) return data
  const { path, message } = error.issues[0]!
  throw new Refused(400, 'bad_request', `${path.join('.')}: ${message}`)
}
