import { and, desc, eq, isNull } from 'drizzle-orm'
import { apiTokens, users } from '../../drizzle/schema'
import { tokenRates } from '../../drizzle/schema/limits'
import { database } from '../db'
import type { TokenScope } from '../protocol/token-scope'
import type { TokenRate } from './rate'

export type TokenSummary = {
  id: string
  name: string
  createdAt: Date
  /** Name of the person who made it. */
  createdBy: string
  lastUsedAt: Date | null
  scope: TokenScope
  /** How many requests it may send; null: as many as are taken on. */
  rate: TokenRate
}

/** A workspace's keys that still work, newest first. */
export const listTokens = (workspaceId: string, db = database()): Promise<TokenSummary[]> =>
  db
    .select({
      id: apiTokens.id,
      name: apiTokens.name,
      createdAt: apiTokens.createdAt,
      createdBy: users.name,
      lastUsedAt: apiTokens.lastUsedAt,
      scope: apiTokens.scope,
      // Null as a whole where the join found nothing.
      rate: { perSecond: tokenRates.perSecond, burst: tokenRates.burst },
    })
    .from(apiTokens)
    .leftJoin(tokenRates, eq(tokenRates.tokenId, apiTokens.id))
    .innerJoin(users, eq(users.id, apiTokens.createdBy))
    .where(and(eq(apiTokens.workspaceId, workspaceId), isNull(apiTokens.revokedAt)))
    .orderBy(desc(apiTokens.createdAt))
