import type { Promotion } from '../../lib/protocol/hosts'
import type { Promoted, PromoteRequest } from '../../lib/protocol/kernel'
import { encodePromotionBody } from '../../lib/protocol/promotion-body'

const timeoutMs = 300_000

/**
 * Hands a bundle to web, which stores and checks it. Rejects with web's own words when it refuses it.
 * The promotion's header holds the cell's source: web's server takes headers of up to 1 MB.
 */
export async function postVersion(
  { origin, machineToken }: { origin: string; machineToken: string },
  promotion: Promotion,
  request: PromoteRequest,
  bundle: Uint8Array,
): Promise<Promoted> {
  const response = await fetch(`${origin}/internal/versions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${machineToken}`,
      'content-type': 'application/octet-stream',
      'x-cellar-promotion': Buffer.from(JSON.stringify(promotion)).toString('base64url'),
    },
    body: encodePromotionBody(request, bundle) as Uint8Array<ArrayBuffer>,
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((cause: Error) => {
    throw new Error(`the bundle could not be sent: web did not answer (${cause.message}); try again`, {
      cause,
    })
  })
  const text = await response.text()
  if (response.ok) return JSON.parse(text) as Promoted
  throw new Error(refusal(text) ?? `the version was refused: ${response.status}`)
}

/** The sentence of `{ error: { message } }` or `{ error: '…' }`. */
function refusal(text: string): string | undefined {
  try {
    const { error } = JSON.parse(text) as { error?: string | { message?: string } }
    return typeof error === 'string' ? error : error?.message
  } catch {
    return
  }
}
