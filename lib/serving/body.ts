import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { Refusal } from './refusal'

/** Largest body of a request, bytes. */
export const maxBodyBytes = 10_000_000

const tooLarge = () =>
  new Refusal(413, 'too_large', `the body is too large: at most ${maxBodyBytes} bytes`, undefined, {
    // What follows on this connection is the rest of the body.
    connection: 'close',
  })

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

/** Refuses bodies that are compressed, or said to be too large. Throws `Refusal` 413 or 415. */
export function checkEncoding({ headers }: IncomingMessage) {
  const encoding = headers['content-encoding']
  if (encoding && encoding !== 'identity')
    throw new Refusal(
      415,
      'unsupported_encoding',
      `bodies are read as they are, without compression, got ${encoding}`,
    )
  if (Number(headers['content-length']) > maxBodyBytes) throw tooLarge()
}

/**
 * The body's bytes. Undefined when the client went away before its end. Rejects with `Refusal` 413 as soon as it
 * grows too large; what still comes is let go.
 */
export function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
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
    request.on('end', () =>
      resolve(rest ? Buffer.concat([first!, ...rest], bytes) : (first ?? Buffer.alloc(0))),
    )
    request.on('close', () => resolve(undefined))
    request.on('error', () => resolve(undefined))
  })
}
