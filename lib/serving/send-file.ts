import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { Refusal } from './refusal'

/**
 * Sends a file, or the part of it that `Range` asks for (RFC 9110, one range of bytes), so that a broken download goes
 * on. `tag` changes with what it holds: `If-Range` with another one gets the whole file. Rejects before its head is sent
 * or not at all.
 */
export async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  { file, type, tag, headers }: { file: string; type: string; tag: string; headers?: Record<string, string> },
) {
  const { size } = await stat(file)
  const etag = `"${tag}"`
  const asked = request.headers['if-range'] ?? etag
  const range = asked === etag ? rangeOf(request.headers.range, size) : undefined
  response.writeHead(range ? 206 : 200, {
    'content-type': type,
    'content-length': range ? range.end - range.start + 1 : size,
    'accept-ranges': 'bytes',
    etag,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(range && { 'content-range': `bytes ${range.start}-${range.end}/${size}` }),
    ...headers,
  })
  if (request.method === 'HEAD') return void response.end()
  // Who goes away asks for the rest later; a file that ends too soon must not look whole.
  await pipeline(createReadStream(file, range), response).catch(() => response.destroy())
}

/** Undefined where the whole file is meant. Throws `Refusal` 416 where there is nothing of it. */
function rangeOf(asked: string | undefined, size: number): { start: number; end: number } | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(asked ?? '') ?? []
  if (from === '' && to === '') return undefined
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from)
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (start > end)
    throw new Refusal(
      416,
      'bad_range',
      `the file has ${size} bytes, so there is nothing at: ${asked}`,
      undefined,
      {
        'content-range': `bytes */${size}`,
      },
    )
  return { start, end }
}
