import type { IncomingMessage, ServerResponse } from 'node:http'
import { isPublic } from '../../lib/origin'

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/

/**
 * Sends a browser that came by another name of this machine (`localhost`) to the one address that sessions and sockets
 * are for: a cookie of `localhost` is not one of `127.0.0.1`, and a socket from there would be refused.
 * @returns whether it answered
 */
export function redirectAlias(request: IncomingMessage, response: ServerResponse, origin: string): boolean {
  const host = request.headers.host ?? ''
  // A proxy may name this machine as the host of what it passes on.
  if (isPublic(origin) || host === new URL(origin).host || !loopback.test(host)) return false
  if (request.method !== 'GET' && request.method !== 'HEAD') return false
  // `//evil.example` as a path must not become another site.
  const path = (request.url ?? '/').replace(/^[/\\]+/, '/')
  response.writeHead(307, { location: origin + path }).end()
  return true
}
