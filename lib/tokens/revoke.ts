import { and, eq, isNull, sql } from 'drizzle-orm'
import { apiTokens } from '../../drizzle/schema'
import { database } from '../db'

/** The key stops to work; gateways that have just seen it may let it pass for another second. */
export async function revokeToken(id: string, db = database()) {
  await db
    .update(apiTokens)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(apiTokens.id, id), isNull(apiTokens.revokedAt)))
}
