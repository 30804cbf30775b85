import { eq, sql } from 'drizzle-orm'
import { users } from '../../drizzle/schema'
import { endpointWebhooks } from '../../drizzle/schema/prediction-jobs'
import { database } from '../db'
import { Refused } from '../refused'
import { seal } from '../secrets/cipher'
import { secretsKey } from '../secrets/key'
import { keyPlace } from './key-place'
import { newSigningKey } from './signature'

/** What a page may know of an endpoint's webhook: never its key. */
export type WebhookSettings = { url: string | null; updatedAt: Date; updatedBy: string | null }

export async function readWebhook(endpointId: string, db = database()): Promise<WebhookSettings | null> {
  const [row] = await db
    .select({ url: endpointWebhooks.url, updatedAt: endpointWebhooks.updatedAt, updatedBy: users.name })
    .from(endpointWebhooks)
    .leftJoin(users, eq(users.id, endpointWebhooks.updatedBy))
    .where(eq(endpointWebhooks.endpointId, endpointId))
  return row ?? null
}

/** Makes a signing key, in place of the one before, and gives it: it is never shown again. */
export async function newWebhookKey(endpointId: string, userId: string, db = database()): Promise<string> {
  const key = newSigningKey()
  const set = {
    ...seal(secretsKey(), key, keyPlace(endpointId)),
    updatedBy: userId,
    updatedAt: sql`now()`,
  }
  await db
    .insert(endpointWebhooks)
    .values({ endpointId, ...set })
    .onConflictDoUpdate({ target: endpointWebhooks.endpointId, set })
  return key
}

/** Says where all jobs are reported; null: only those that name an address of their own. Throws `Refused` 409 without a key. */
export async function setWebhookUrl(
  endpointId: string,
  url: string | null,
  userId: string,
  db = database(),
): Promise<void> {
  const [row] = await db
    .update(endpointWebhooks)
    .set({ url, updatedBy: userId, updatedAt: sql`now()` })
    .where(eq(endpointWebhooks.endpointId, endpointId))
    .returning({ endpointId: endpointWebhooks.endpointId })
  if (!row) throw new Refused(409, 'no_webhook_key', 'make the signing key first')
}

/** Forgets address and key: nothing is reported any more. */
export async function removeWebhook(endpointId: string, db = database()): Promise<void> {
  await db.delete(endpointWebhooks).where(eq(endpointWebhooks.endpointId, endpointId))
}
