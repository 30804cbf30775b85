import { z } from 'zod'

/** Names stand in addresses and in code: `dataset("iris")`. */
export const datasetName = z
  .string()
  .trim()
  .regex(
    /^[a-z0-9][a-z0-9_-]{0,62}$/,
    'use 1 to 63 lower case letters, digits, "-" and "_", a letter or digit first',
  )
  // Its page would be that where data is added.
  .refine((name) => name !== 'new', 'choose another name, a page is called this already: new')
