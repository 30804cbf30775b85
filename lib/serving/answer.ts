import type { ServerResponse } from 'node:http'
import { Refusal } from './refusal'

/** Sends JSON text. Nothing when the client has gone. */
export function sendJson(
  response: ServerResponse,
  requestId: string,
  status: number,
  text: string,
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

/** Sends a refusal; what is none is an error of this program, and its text is nobody's business. */
export function sendError(response: ServerResponse, requestId: string, error: unknown): Refusal {
  const refusal =
    error instanceof Refusal ? error : new Refusal(500, 'internal', 'an internal error; it has been logged')
  const { status, code, message, field, headers } = refusal
  const body = { request_id: requestId, error: { code, message, ...(field ? { field } : {}) } }
  sendJson(response, requestId, status, JSON.stringify(body), headers)
  return refusal
}
