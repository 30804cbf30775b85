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
  if (begin(response, requestId, status, text, headers)) response.end(text)
}

/** The head of an answer with its length. False when the client has gone. */
function begin(
  response: ServerResponse,
  requestId: string,
  status: number,
  text: string | Buffer,
  headers?: Record<string, string>,
) {
  if (response.destroyed || response.headersSent) return false
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'x-request-id': requestId,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  })
  return true
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
  const text = write(refusal, requestId)
  const all = { ...headers, ...refusal.headers }
  if (request.complete) sendJson(response, requestId, refusal.status, text, all)
  // What follows on this connection is the rest of the body. Node hangs up at the end of such an answer, and a client that
  // still sends would hear of that instead of the refusal.
  else if (begin(response, requestId, refusal.status, text, { ...all, connection: 'close' })) {
    response.write(text)
    request.once('end', () => response.end())
    setTimeout(() => request.destroy(), readOnMs).unref()
  }
  return refusal
}
