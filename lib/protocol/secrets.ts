import { z } from 'zod'

/** As it is asked for in a cell: `await secret('OPENAI_KEY')`. */
export const secretName = z
  .string()
  .regex(
    /^[A-Za-z_][A-Za-z0-9_]{0,99}$/,
    'letters, digits and underscores, beginning with no digit; at most 100',
  )

/** Shorter ones stand in too many texts to be taken out of outputs. */
export const shortestSecret = 6
export const secretValue = z
  .string()
  .min(shortestSecret, `too short to be kept out of outputs: use ${shortestSecret} characters or more`)
  .max(32_768, 'longer than 32,768 characters: upload it as a file instead')

/** Whom a secret is for: one notebook, or all of its workspace. A notebook's own counts where both have one. */
export const secretScope = z.enum(['notebook', 'workspace'])
export type SecretScope = z.infer<typeof secretScope>

/** What a page may know of a secret: never its value. */
export type SecretSummary = { name: string; scope: SecretScope; updatedAt: Date; updatedBy: string | null }
