import { and, desc, eq, isNull } from 'drizzle-orm'
import { apiTokens, users } from '../../drizzle/schema'
import { database } from '../db'

export type TokenSummary = {
  id: string
  name: string
  createdAt: Date
  /** Name of the person who made it. */
  createdBy: string
  lastUsedAt: Date | null
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
    })
    .from(apiTokens)
    .innerJoin(users, eq(users.id, apiTokens.createdBy))
    .where(and(eq(apiTokens.workspaceId, workspaceId), isNull(apiTokens.revokedAt)))
    .orderBy(desc(apiTokens.createdAt))
