import { createHmac, randomBytes } from 'node:crypto'

/** Standard Webhooks (standardwebhooks.com): keys, and how a message is signed with one. */

const prefix = 'whsec_'

/** A new key of 256 bits, in the form that the receivers' libraries take. */
export const newSigningKey = () => prefix + randomBytes(32).toString('base64')

export type Message = { id: string; at: Date; body: string }

/** The headers of a signed message. */
export function signedHeaders(key: string, { id, at, body }: Message): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const signature = createHmac('sha256', Buffer.from(key.slice(prefix.length), 'base64'))
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64')
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  }
}
