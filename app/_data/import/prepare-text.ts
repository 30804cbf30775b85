import { isUtf8 } from 'node:buffer'
import { createReadStream, createWriteStream } from 'node:fs'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { Encoding } from '../../../lib/protocol/dataset-import'
import { Refused } from '../../../lib/refused'

export type PreparedText = { encoding: Encoding; notices: string[] }

const encodingNames: Record<Encoding, string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 (little-endian)',
  'utf-16be': 'UTF-16 (big-endian)',
  'windows-1252': 'Latin-1 (Windows-1252)',
}

/**
 * Writes a file's text as UTF-8 with lines that end alike, unpacked where it is compressed. Refuses bytes that are no
 * text of the encoding with their place (422), so that no sign appears that nobody wrote.
 */
export async function prepareText(
  source: string,
  target: string,
  { compressed, start, encoding: asked }: { compressed: boolean; start: Uint8Array; encoding?: Encoding },
): Promise<PreparedText> {
  const found = asked ?? markedEncoding(start) ?? 'utf-8'
  const notices = asked || found === 'utf-8' ? [] : [`The file is written in ${encodingNames[found]}.`]
  const input = createReadStream(source, { highWaterMark: 1 << 20 })
  const bytes = compressed ? input.pipe(createGunzip()) : input
  input.on('error', (error) => bytes.destroy(error))
  try {
    await pipeline(
      bytes,
      found === 'utf-8' ? checkUtf8() : decode(found),
      endLinesAlike(),
      createWriteStream(target, { mode: 0o600 }),
    )
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith('Z_')) {
      throw new Refused(
        422,
        'damaged',
        `this compressed file is damaged or was cut short: ${(error as Error).message}`,
      )
    }
    throw error
  }
  return { encoding: found, notices }
}

/** What the first bytes of unpacked text say of its encoding: a mark, or the zeros of Latin letters in UTF-16. */
export function markedEncoding(start: Uint8Array): Encoding | undefined {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be'
  const pairs = Math.floor(Math.min(start.length, 1000) / 2)
  if (pairs < 2) return undefined
  let [even, odd] = [0, 0]
  for (let i = 0; i < pairs; i++) {
    if (start[2 * i] === 0) even++
    if (start[2 * i + 1] === 0) odd++
  }
  if (odd > 0.7 * pairs && even < 0.1 * pairs) return 'utf-16le'
  if (even > 0.7 * pairs && odd < 0.1 * pairs) return 'utf-16be'
  return undefined
}

/** The first bytes of a file, unpacked where it is compressed. */
export async function readStart(
  source: string,
  bytes = 65_536,
): Promise<{ start: Uint8Array; compressed: boolean }> {
  const raw = await head(createReadStream(source, { end: bytes - 1 }), bytes)
  const compressed = raw[0] === 0x1f && raw[1] === 0x8b
  if (!compressed) return { start: raw, compressed }
  const input = createReadStream(source)
  const unpacked = input.pipe(createGunzip())
  const start = await head(unpacked, bytes).catch((error: Error) => {
    throw new Refused(422, 'damaged', `this compressed file is damaged or was cut short: ${error.message}`)
  })
  input.destroy()
  return { start, compressed }
}

async function head(stream: Readable, bytes: number): Promise<Uint8Array> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of stream as AsyncIterable<Buffer>) {
    parts.push(part)
    size += part.length
    if (size >= bytes) break
  }
  return Buffer.concat(parts).subarray(0, bytes)
}

/** Lets UTF-8 pass, without the mark at its start. */
function checkUtf8(): Transform {
  let line = 1
  let first = true
  /** Of a character whose other bytes are in the next part. */
  let open = Buffer.alloc(0)
  const check = (bytes: Buffer) => {
    if (isUtf8(bytes)) line += countLines(bytes)
    else throw notUtf8(bytes, line)
  }
  return new Transform({
    transform(part: Buffer, _, done) {
      try {
        let bytes = open.length > 0 ? Buffer.concat([open, part]) : part
        if (first) {
          first = false
          if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3)
        }
        const whole = bytes.length - openBytes(bytes)
        check(bytes.subarray(0, whole))
        open = Buffer.from(bytes.subarray(whole))
        done(null, bytes.subarray(0, whole))
      } catch (error) {
        done(error as Error)
      }
    },
    flush(done) {
      try {
        check(open)
        done()
      } catch (error) {
        done(error as Error)
      }
    },
  })
}

function countLines(bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) count++
  return count
}

function notUtf8(bytes: Buffer, line: number): Refused {
  let [good, bad] = [0, bytes.length]
  // The longest start that is text; a character's bytes belong together.
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    const start = bytes.subarray(0, middle)
    if (isUtf8(start.subarray(0, middle - openBytes(start)))) good = middle
    else bad = middle
  }
  const at = Math.max(good - 1, 0)
  const before = bytes.subarray(0, at)
  const place = line + countLines(before)
  const context = bytes
    .subarray(Math.max(0, at - 12), at + 12)
    .toString('latin1')
    .replace(/[\r\n]+/g, ' ')
  return new Refused(
    422,
    'not_utf8',
    `line ${place} is not UTF-8 text; read it as Latin-1 if this looks right, or save the file as UTF-8: …${context}…`,
  )
}

/** How many bytes at the end begin a character that is not whole. */
function openBytes(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0
  }
  return 0
}

function decode(encoding: Exclude<Encoding, 'utf-8'>): Transform {
  const decoder = new TextDecoder(encoding, { fatal: true })
  const run = (act: () => string, done: (error: Error | null, text?: string) => void) => {
    try {
      done(null, act())
    } catch {
      done(new Refused(422, 'bad_encoding', `the file is not text in ${encodingNames[encoding]}`))
    }
  }
  return new Transform({
    transform: (part: Buffer, _, done) => run(() => decoder.decode(part, { stream: true }), done),
    flush(done) {
      run(() => decoder.decode(), done)
    },
  })
}

/** Lines that end with CR LF, or CR alone, end with LF: a reader that has seen one kind refuses the other. */
function endLinesAlike(): Transform {
  let afterReturn = false
  return new Transform({
    transform(part: Buffer, _, done) {
      let bytes = part
      if (afterReturn && bytes[0] === 10) bytes = bytes.subarray(1)
      afterReturn = part[part.length - 1] === 13
      if (!bytes.includes(13)) return done(null, bytes)
      const out = Buffer.allocUnsafe(bytes.length)
      let size = 0
      for (let i = 0; i < bytes.length; i++) {
        if (bytes[i] !== 13) out[size++] = bytes[i]!
        else if (bytes[i + 1] !== 10) out[size++] = 10
      }
      done(null, out.subarray(0, size))
    },
  })
}
