import { ClosedAddress, guardedRequest } from '../net/guarded-request'
import type { DeliveryAttempt } from '../protocol/webhooks'

const maxMs = 15_000

/** What came of an attempt. `gone`: the receiver says that it wants nothing any more. */
export type Delivered = { attempt: DeliveryAttempt; taken: boolean; gone: boolean }

/**
 * Posts a message to a receiver: once, without following redirects, and its answer is not read. Never rejects: what went
 * wrong is in the attempt.
 */
export async function deliver(
  url: string,
  message: { headers: Record<string, string>; body: string },
  allows: (address: string) => boolean,
  ms = maxMs,
): Promise<Delivered> {
  const at = new Date().toISOString()
  const began = performance.now()
  const signal = AbortSignal.timeout(ms)
  const took = () => Math.round(performance.now() - began)
  try {
    const answer = await guardedRequest({ url: new URL(url), allows, signal, method: 'POST', ...message })
    const { statusCode: status = 0 } = answer
    answer.destroy()
    return { attempt: { at, ms: took(), status }, taken: status >= 200 && status < 300, gone: status === 410 }
  } catch (error) {
    return { attempt: { at, ms: took(), error: causeOf(error, signal, ms) }, taken: false, gone: false }
  }
}

function causeOf(error: unknown, signal: AbortSignal, ms: number) {
  // Whoever reads it chose the address: it is not repeated, nor is anything that was found behind it.
  if (error instanceof ClosedAddress) return 'the address is not on the public internet'
  if (signal.aborted) return `no answer within ${ms / 1000} s`
  const { code, message } = error as NodeJS.ErrnoException
  return code ? `the connection failed: ${code}` : `the connection failed: ${message}`
}
