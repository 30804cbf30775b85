import type { ServerResponse } from 'node:http'
import { apiForm } from './forms/api'
import { Refusal } from './refusal'

/** Sends JSON, or what `headers` say it is. Nothing when the client has gone. */
export function sendJson(
  response: ServerResponse,
  requestId: string,
  status: number,
  text: string | Buffer,
  headers?: Record<string, string>,
) {
  if (response.destroyed || response.headersSent) return
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'x-request-id': requestId,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  })
  response.end(text)
}

/** How long what comes after a refusal is read on, so that the refusal arrives, milliseconds. */
const readOnMs = 1000

/** Sends a refusal, and hangs up on a body that nobody wants any more; what is none is an error of this program, and its text is nobody's business. */
export function sendError(
  response: ServerResponse,
  requestId: string,
  error: unknown,
  write: (refusal: Refusal, requestId: string) => string = apiForm.refuse,
  headers?: Record<string, string>,
): Refusal {
  const refusal =
    error instanceof Refusal ? error : new Refusal(500, 'internal', 'an internal error; it has been logged')
  const { req: request } = response
  const unread = !request.complete
  sendJson(response, requestId, refusal.status, write(refusal, requestId), {
    ...headers,
    ...refusal.headers,
    // What follows on this connection is the rest of the body.
    ...(unread && { connection: 'close' }),
  })
  if (unread) setTimeout(() => request.destroy(), readOnMs).unref()
  return refusal
}
