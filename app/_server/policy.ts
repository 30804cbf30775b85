import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { shownOrigin } from '../../lib/origin'

/** What pages may load and do. Scripts need the nonce of their own answer; nothing else runs. */
const policy = (nonce: string, host: string, dev: boolean) =>
  [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    "worker-src 'self'",
    // The editor makes style elements and attributes; a nonce here would switch 'unsafe-inline' off.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self' ws://${host} wss://${host}`,
    "frame-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')

/** Host names and ports, nothing that could end a directive of the policy. */
const safeHost = (host = '') => (/^[\w.:[\]-]+$/.test(host) ? host : 'localhost')

/** Sets the headers of every answer that Next gives. It takes the nonce for its scripts from the request's policy. */
export function protect(request: IncomingMessage, response: ServerResponse, dev: boolean, origin: string) {
  const nonce = randomBytes(16).toString('base64')
  const { host } = new URL(shownOrigin(origin, request.headers.host))
  const value = policy(nonce, safeHost(host), dev)
  request.headers['x-nonce'] = nonce
  request.headers['content-security-policy'] = value
  response.setHeader('content-security-policy', value)
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('x-frame-options', 'DENY')
  response.setHeader('referrer-policy', 'same-origin')
  response.setHeader('cross-origin-opener-policy', 'same-origin')
  response.setHeader('permissions-policy', 'camera=(), microphone=(), geolocation=()')
}
