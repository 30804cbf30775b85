import { timingSafeEqual } from 'node:crypto'
import { and, eq, isNull, lt, or, sql } from 'drizzle-orm'
import { apiTokens } from '../../drizzle/schema'
import { tokenRates } from '../../drizzle/schema/limits'
import { database } from '../db'
import type { TokenScope } from '../protocol/token-scope'
import { hashSecret } from './create'
import type { TokenRate } from './rate'

const shape = /^cellar_([0-9a-f]{16})_([0-9a-f]{64})$/
const nobody = Buffer.alloc(32)

export type VerifiedToken = {
  tokenId: string
  workspaceId: string
  /** The person who made it. */
  createdBy: string
  scope: TokenScope
  rate: TokenRate
}

/** Whose key this is; undefined for a wrong or revoked one. Notes its use, at most once a minute. */
export async function verifyToken(token: string, db = database()): Promise<VerifiedToken | undefined> {
  const [, id, secret] = shape.exec(token) ?? []
  if (!id || !secret) return
  const [row] = await db
    .select({
      workspaceId: apiTokens.workspaceId,
      createdBy: apiTokens.createdBy,
      scope: apiTokens.scope,
      secretHash: apiTokens.secretHash,
      perSecond: tokenRates.perSecond,
      burst: tokenRates.burst,
    })
    .from(apiTokens)
    .leftJoin(tokenRates, eq(tokenRates.tokenId, apiTokens.id))
    .where(and(eq(apiTokens.id, id), isNull(apiTokens.revokedAt)))
  const matches = timingSafeEqual(hashSecret(secret), row?.secretHash ?? nobody)
  if (!row || !matches) return
  const stale = lt(apiTokens.lastUsedAt, sql`now() - interval '1 minute'`)
  await db
    .update(apiTokens)
    .set({ lastUsedAt: sql`now()` })
    .where(and(eq(apiTokens.id, id), or(isNull(apiTokens.lastUsedAt), stale)))
  const { workspaceId, createdBy, scope, perSecond, burst } = row
  return {
    tokenId: id,
    workspaceId,
    createdBy,
    scope,
    rate: perSecond === null || burst === null ? null : { perSecond, burst },
  }
}
