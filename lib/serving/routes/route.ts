import type { IncomingMessage, ServerResponse } from 'node:http'
import { isVersionStatus, versionStatuses } from '../../protocol/version-status'
import { sendError } from '../answer'
import type { AnyForm } from '../forms/form'
import type { PredictContext } from '../predict'
import { Refusal } from '../refusal'
import { newRequestId } from '../request-id'
import type { Selector } from '../versions'

/**
 * The path after the route's base, cut at slashes and decoded, and the query. U+0000, which PostgreSQL refuses, is in
 * neither: what cannot be read stays as it was sent in the path, and is U+FFFD in the query, as other such bytes are.
 */
export type Parts = { path: string[]; query: URLSearchParams }

export type Route = {
  base: string
  answer(context: PredictContext, parts: Parts, request: IncomingMessage, response: ServerResponse): void
}

export function partsOf(url: string, base: string): Parts {
  const at = url.indexOf('?')
  const rest = url.slice(base.length, at < 0 ? undefined : at)
  const path = rest.split('/').filter((part, i, all) => part !== '' || i < all.length - 1)
  if (path[0] === '') path.shift()
  return {
    path: path.map(decode),
    query: new URLSearchParams(at < 0 ? '' : url.slice(at).replaceAll('%00', '%EF%BF%BD')),
  }
}

function decode(part: string) {
  try {
    const decoded = decodeURIComponent(part)
    return decoded.includes('\0') ? part : decoded
  } catch {
    return part
  }
}

export const methodOf = ({ method }: IncomingMessage) => (method === 'HEAD' ? 'GET' : method)

export const notAllowed = (allow: string, got = '') =>
  new Refusal(405, 'method_not_allowed', `use ${allow} here, got ${got}`, undefined, { allow })

export const noPath = (path: string) => new Refusal(404, 'not_found', `no such path: ${path.slice(0, 200)}`)

/** Answers a refusal in the words of a protocol. */
export const refuse = (response: ServerResponse, refusal: Refusal, form: AnyForm) =>
  void sendError(response, newRequestId(), refusal, form.refuse)

/** `?status=` and `?version=`. Throws `Refusal` 400 at a status that there is none of. */
export function selectorOf(query: URLSearchParams): Selector {
  const version = query.get('version')
  const status = query.get('status')
  if (version !== null) return { version }
  if (status === null) return {}
  if (!isVersionStatus(status)) throw badStatus(status)
  return { status }
}

export const badStatus = (got: string) =>
  new Refusal(
    400,
    'bad_status',
    `expected a status of ${versionStatuses.join(', ')}, got ${got.slice(0, 100)}`,
  )
