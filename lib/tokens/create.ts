import { createHash, randomBytes } from 'node:crypto'
import { apiTokens } from '../../drizzle/schema'
import { database } from '../db'
import type { TokenScope } from '../protocol/token-scope'
import { setTokenRate, type TokenRate } from './rate'

/** The secret's hash, as the table keeps it. The secret has 256 random bits, so no slow hash is needed. */
export const hashSecret = (secret: string) => createHash('sha256').update(secret).digest()

/** A new API key of a workspace. `token` is `cellar_<id>_<secret>` and is shown this once: only its hash is kept. */
export async function createToken(
  {
    workspaceId,
    userId,
    name,
    scope = 'read',
    rate = null,
  }: { workspaceId: string; userId: string; name: string; scope?: TokenScope; rate?: TokenRate },
  db = database(),
): Promise<{ id: string; name: string; token: string }> {
  // Hex: an underscore in either half would make the parts ambiguous.
  const id = randomBytes(8).toString('hex')
  const secret = randomBytes(32).toString('hex')
  await db
    .insert(apiTokens)
    .values({ id, workspaceId, createdBy: userId, name, scope, secretHash: hashSecret(secret) })
  if (rate) await setTokenRate(id, rate, db)
  return { id, name, token: `cellar_${id}_${secret}` }
}
