import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** Lines per turn: other questions get theirs between them. */
const atOnce = 500

/** Writes lines as they are made. */
export async function writeText(file: string, lines: Iterable<string>) {
  await pipeline(Readable.from(chunks(lines)), createWriteStream(file, { mode: 0o600 }))
}

async function* chunks(lines: Iterable<string>) {
  let some: string[] = []
  for (const line of lines) {
    some.push(line)
    if (some.length < atOnce) continue
    yield some.join('')
    some = []
    await new Promise(setImmediate)
  }
  yield some.join('')
}
