import { lookup } from 'node:dns'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'

/** A request that the server makes for a person. */
export type GuardedRequest = {
  url: URL
  /** Whether an IP address may be connected to. */
  allows: (address: string) => boolean
  signal: AbortSignal
  method?: string
  headers?: Record<string, string>
  body?: string | Buffer
}

export class ClosedAddress extends Error {
  override name = 'ClosedAddress'
}

/**
 * A request to an address that a person gave. The server stands where it reaches machines that the person does not, so
 * what is connected to is checked where the connection is made: a name may lead elsewhere a moment later. Redirects are
 * the caller's. Rejects with `ClosedAddress` where the address is not allowed.
 */
export function guardedRequest({ url, allows, signal, method = 'GET', headers, body }: GuardedRequest) {
  const closed = () => new ClosedAddress(`the address is not on the public internet: ${url}`)
  return new Promise<IncomingMessage>((resolve, reject) => {
    // An address in numbers is connected to without being looked up.
    const literal = url.hostname.replace(/^\[|\]$/g, '')
    if (isIP(literal) && !allows(literal)) return reject(closed())
    const guarded: LookupFunction = (host, options, answer) =>
      lookup(host, { ...options, all: true }, (error, found) => {
        if (error) return answer(error, '')
        // All of them: which one is tried is not ours to say.
        if (!found.length || !found.every(({ address }) => allows(address))) return answer(closed(), '')
        if (options.all) return answer(null, found)
        answer(null, found[0]!.address, found[0]!.family)
      })
    const send = url.protocol === 'https:' ? requestHttps : requestHttp
    const options = { method, headers: { 'user-agent': 'Cellar', ...headers }, lookup: guarded, signal }
    send(url, { ...options, agent: false }, resolve)
      .on('error', reject)
      .end(body)
  })
}
