import type { IncomingHttpHeaders } from 'node:http'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { maxBodyBytes, tooLarge } from './body'
import { Refusal } from './refusal'

const unpack = promisify(gunzip)

/**
 * A body as it was before `content-encoding`. Unpacking ends where it grows larger than a body may be, and begins only for
 * those whom the door has let in. Throws or rejects with `Refusal` 400 or 413.
 */
export function decompress(bytes: Buffer, headers: IncomingHttpHeaders): Buffer | Promise<Buffer> {
  return isGzip(headers) ? gunzipped(bytes) : bytes
}

const isGzip = (headers: IncomingHttpHeaders) => /gzip$/i.test(headers['content-encoding'] ?? '')

async function gunzipped(bytes: Buffer) {
  try {
    return await unpack(bytes, { maxOutputLength: maxBodyBytes })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge('the unpacked body')
    throw new Refusal(400, 'bad_encoding', `the body is not gzip, as content-encoding says: ${message}`)
  }
}
