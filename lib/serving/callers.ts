import type { IncomingMessage } from 'node:http'
import { isOwnOrigin } from '../origin'
import type { ApiAction } from '../permissions'
import { type AtHand, andThen } from './at-hand'
import { createFresh } from './fresh'
import type { Caller, Credentials, Identify } from './options'
import type { Rates } from './rates'
import { Refusal, unauthorized } from './refusal'

/** A revoked token is refused within this time, milliseconds. */
const maxAgeMs = 1000

/** Who sends a request: the door's answer, at most a second old. Each request counts for the rate of its key. */
export function createCallers(identify: Identify, origin: string, rates: Rates) {
  const counted = (caller: Caller) => {
    rates.take(caller)
    return caller
  }
  const fresh = createFresh<Caller>(maxAgeMs)
  return (request: IncomingMessage, action: ApiAction): AtHand<Caller> => {
    const credentials = credentialsOf(request, origin)
    return andThen(
      fresh.get(keyOf(credentials, action), () => identify(credentials, action)),
      counted,
    )
  }
}

/** Throws `Refusal` 401 without any, 403 for a session that another site's page brings along. */
export function credentialsOf({ headers, method }: IncomingMessage, origin: string): Credentials {
  const { authorization, cookie } = headers
  if (authorization !== undefined) {
    const token = /^Bearer +(\S+) *$/i.exec(authorization)?.[1]
    if (token === undefined) throw unauthorized()
    return { kind: 'token', token }
  }
  if (cookie === undefined) throw unauthorized()
  if (!sameOrigin(headers, origin, method))
    throw new Refusal(
      403,
      'cross_origin',
      `a session counts only on its own pages, not from ${headers.origin ?? 'elsewhere'}`,
    )
  const workspaceId = headers['x-cellar-workspace']
  return { kind: 'session', cookie, workspaceId: typeof workspaceId === 'string' ? workspaceId : undefined }
}

/** Browsers send no `Origin` with a GET of the same origin; they send `Sec-Fetch-Site`, which no page can forge. */
function sameOrigin(headers: IncomingMessage['headers'], origin: string, method?: string) {
  if (headers.origin === undefined) return method === 'GET' && headers['sec-fetch-site'] === 'same-origin'
  return isOwnOrigin(headers.origin, headers.host, origin)
}

const keyOf = (credentials: Credentials, action: ApiAction) =>
  credentials.kind === 'token'
    ? `${action} ${credentials.token}`
    : `${action} ${credentials.workspaceId ?? ''} ${credentials.cookie}`
