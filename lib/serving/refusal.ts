/** Why a request is not answered with predictions. `status` is of HTTP, `code` for programs, the message for people. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** The record's field it is about. */
    readonly field?: string,
    readonly headers?: Record<string, string>,
  ) {
    super(message)
  }
}

export const unauthorized = () =>
  new Refusal(
    401,
    'unauthorized',
    'no valid key: send the header Authorization: Bearer cellar_…, with a key from Settings',
    undefined,
    { 'www-authenticate': 'Bearer' },
  )

/** Also for another workspace's endpoint: what a caller may not see does not exist for it. */
export const unknownEndpoint = (name: string) => new Refusal(404, 'not_found', `no such endpoint: ${name}`)

export const noVersion = (name: string, status: string) =>
  status === 'production'
    ? new Refusal(409, 'no_version', `no version is in production; promote one for the endpoint: ${name}`)
    : new Refusal(409, 'no_version', `no version of ${name} has this status: ${status}`)

export const unknownVersion = (name: string, version: string) =>
  new Refusal(404, 'not_found', `no such version of ${name}: ${version.slice(0, 100)}`)

export const queueFull = () =>
  new Refusal(429, 'queue_full', 'too many requests wait for this model; try again in a second', undefined, {
    'retry-after': '1',
  })

/** Seconds as `Retry-After` has them: whole ones, at least one. */
export const retryAfter = (ms: number) => String(Math.max(1, Math.ceil(ms / 1000)))

/** `mostMs`: the part of the deadline that may be waited by estimate. */
export const overloaded = (waitMs: number, mostMs: number) => {
  const after = retryAfter(waitMs - mostMs)
  return new Refusal(
    503,
    'overloaded',
    `the model is overloaded: an answer would take about ${seconds(waitMs)} s, and its deadline allows for ${seconds(mostMs)} s; try again in ${after} s`,
    undefined,
    { 'retry-after': after },
  )
}

const seconds = (ms: number) => Number((ms / 1000).toPrecision(2))

export const timedOut = (ms: number) =>
  new Refusal(504, 'timeout', `no worker answered within ${ms / 1000} s; are the workers running?`)

export const unavailable = (what: string) =>
  new Refusal(503, 'unavailable', `${what} cannot be reached; try again in a second`, undefined, {
    'retry-after': '1',
  })
