import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { tokenRates } from '../../drizzle/schema/limits'
import { database } from '../db'

/** How many requests a key may send; null: as many as are taken on. */
export const tokenRate = z
  .object({
    perSecond: z.number().min(0.01).max(100_000),
    /** Requests that may come at once, after a time without any. */
    burst: z.number().int().min(1).max(1_000_000),
  })
  .nullable()
export type TokenRate = z.infer<typeof tokenRate>

/** It counts for requests within a second. */
export async function setTokenRate(tokenId: string, rate: TokenRate, db = database()) {
  if (rate === null) await db.delete(tokenRates).where(eq(tokenRates.tokenId, tokenId))
  else
    await db
      .insert(tokenRates)
      .values({ tokenId, ...rate })
      .onConflictDoUpdate({ target: tokenRates.tokenId, set: rate })
}
