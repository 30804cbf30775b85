import { eq } from 'drizzle-orm'
import { endpointWebhooks } from '../../drizzle/schema/prediction-jobs'
import type { Database } from '../db'
import { open } from '../secrets/cipher'
import { deliver } from '../webhooks/deliver'
import { keyPlace } from '../webhooks/key-place'
import { signedHeaders } from '../webhooks/signature'
import type { Send } from './deliver'

type Options = {
  /** Opens the endpoints' signing keys. */
  secretsKey: Uint8Array
  /** Whether an IP address may be connected to. */
  allows: (address: string) => boolean
}

/** An alert in the form of Standard Webhooks, signed with the endpoint's key. */
export const postAlert =
  (db: Database, { secretsKey, allows }: Options) =>
  (endpointId: string): Send =>
  async (url, { phase, at, ...data }, id) => {
    const [row] = await db.select().from(endpointWebhooks).where(eq(endpointWebhooks.endpointId, endpointId))
    if (!row) throw new Error('the endpoint has no signing key: make one in its settings')
    const key = open(secretsKey, row, keyPlace(endpointId))
    const body = JSON.stringify({ type: `alert.${phase}`, timestamp: at, data })
    const headers = signedHeaders(key, { id: `msg_${id}`, at: new Date(), body })
    const { taken, attempt } = await deliver(url, { headers, body }, allows)
    if (!taken)
      throw new Error(
        'error' in attempt && attempt.error ? attempt.error : `it answered with status ${attempt.status}`,
      )
  }
