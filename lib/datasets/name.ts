import { z } from 'zod'
import { reservedNames } from './reserved-names'

/** Names stand in addresses and in code: `dataset("iris")`. */
export const datasetName = z
  .string()
  .trim()
  .regex(
    /^[a-z0-9][a-z0-9_-]{0,62}$/,
    'use 1 to 63 lower case letters, digits, "-" and "_", a letter or digit first',
  )
  .refine((name) => !reservedNames.has(name), {
    error: ({ input }) => `choose another name, a page is called this already: ${input}`,
  })
