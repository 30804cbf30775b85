import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { Refusal } from '../refusal'
import { callbackOf } from './callback'

/** Whether the caller does not wait for predictions: `?async=true`, or `Prefer: respond-async` (RFC 7240). */
export function wantsAsync({ headers }: IncomingMessage, query: URLSearchParams): boolean {
  const asked = query.get('async')
  if (asked !== null) return asked === '' || asked === 'true' || asked === '1'
  return /(?:^|,)\s*respond-async\s*(?:[,;]|$)/i.test(headers.prefer?.toString() ?? '')
}

/** What a request for a job says beside its body. */
export type JobTerms = { idempotencyKey?: string; callbackUrl?: string; fingerprint: string }

/** `identity`: what else tells this request from another, beside its body's SHA-256 in hex. Throws `Refusal` 400. */
export function termsOf(
  { headers }: IncomingMessage,
  query: URLSearchParams,
  bodyHash: string,
  identity: unknown,
): JobTerms {
  const idempotencyKey = headers['idempotency-key']?.toString()
  if (idempotencyKey !== undefined && !/^[\x21-\x7e]{1,255}$/.test(idempotencyKey))
    throw new Refusal(400, 'bad_idempotency_key', 'Idempotency-Key must be 1 to 255 visible ASCII characters')
  const callbackUrl = callbackOf(query.get('callback_url') ?? undefined)
  const asked = JSON.stringify([bodyHash, identity, callbackUrl ?? null])
  return { idempotencyKey, callbackUrl, fingerprint: createHash('sha256').update(asked).digest('hex') }
}
