import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { createDeadlines, type Deadlines } from './deadlines'
import { Refusal } from './refusal'

/** Largest body of a request, bytes. */
export const maxBodyBytes = 10_000_000

/** From a request's head to the end of its body, milliseconds: who sends a byte now and then must not hold a connection. */
export const maxBodyMs = 60_000

export const tooLarge = (what = 'the body') =>
  new Refusal(413, 'too_large', `${what} is too large: at most ${maxBodyBytes} bytes`)

const tooSlow = (ms: number) => new Refusal(408, 'slow_body', `the body did not come within ${ms / 1000} s`)

/** The content type without its parameters, in lower case. */
const contentType = ({ headers }: IncomingMessage) =>
  headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase()

/** Refuses all but JSON and CSV. `says`: the sentence's beginning, in the protocol's words. Throws `Refusal` 413 or 415. */
export function checkJsonOrCsv(request: IncomingMessage, says: string) {
  const type = contentType(request)
  if (type !== 'application/json' && type !== 'text/csv')
    throw new Refusal(415, 'unsupported_type', `${says}, got ${type ?? 'none'}`)
  checkEncoding(request)
}

/** Whether the body is said to be CSV; else it is JSON. */
export const isCsv = (headers: IncomingHttpHeaders) =>
  headers['content-type']?.toLowerCase().startsWith('text/csv')

/** Refuses bodies in other encodings than UTF-8 and gzip, or said to be too large. Throws `Refusal` 413 or 415. */
export function checkEncoding({ headers }: IncomingMessage) {
  const encoding = headers['content-encoding']?.toLowerCase()
  if (encoding && !encodings.has(encoding))
    throw new Refusal(
      415,
      'unsupported_encoding',
      `send the body as it is or with content-encoding gzip, got ${encoding.slice(0, 100)}`,
    )
  const charset = /charset *= *"?([^\s;"]+)/i.exec(headers['content-type'] ?? '')?.[1]
  if (charset !== undefined && !/^(utf-?8|us-ascii)$/i.test(charset))
    throw new Refusal(415, 'unsupported_type', `the body must be UTF-8, got ${charset.slice(0, 100)}`)
  if (Number(headers['content-length']) > maxBodyBytes) throw tooLarge()
}
const encodings = new Set(['identity', 'gzip', 'x-gzip'])

/**
 * The body's bytes. Undefined when the client went away before its end. Rejects with `Refusal` 413 as soon as it
 * grows too large, 408 when it takes longer than `ms`; what still comes is let go.
 */
export function readBody(request: IncomingMessage, ms = maxBodyMs): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const slow = () => reject(tooSlow(ms))
    const deadlines = deadlinesOf(ms)
    deadlines.add(slow)
    let first: Buffer | undefined
    let rest: Buffer[] | undefined
    let bytes = 0
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > maxBodyBytes) {
        first = rest = undefined
        return reject(tooLarge())
      }
      if (!first) first = chunk
      else if (rest) rest.push(chunk)
      else rest = [chunk]
    })
    request.on('end', () => {
      deadlines.delete(slow)
      resolve(rest ? Buffer.concat([first!, ...rest], bytes) : (first ?? Buffer.alloc(0)))
    })
    const gone = () => {
      deadlines.delete(slow)
      resolve(undefined)
    }
    request.on('close', gone)
    request.on('error', gone)
  })
}

/** Of all bodies that may take so long. */
const deadlines = new Map<number, Deadlines<() => void>>()

function deadlinesOf(ms: number) {
  const known = deadlines.get(ms)
  if (known) return known
  const made = createDeadlines<() => void>(ms, (slow) => slow())
  deadlines.set(ms, made)
  return made
}
