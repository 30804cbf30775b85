import { createReadStream } from 'node:fs'
import { JobFailed } from '../job-failed'

const pieceBytes = 64 * 1024

/** A file's text in pieces that cut no character, without a byte order mark. Throws `JobFailed` where it is not UTF-8. */
export async function* readText(file: string): AsyncGenerator<string, void, void> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let at = 0
  const decode = (bytes?: Buffer) => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined })
    } catch {
      throw new JobFailed(`the file is not UTF-8, near byte ${at}; save it as UTF-8`)
    }
  }
  for await (const bytes of createReadStream(file, { highWaterMark: pieceBytes })) {
    const text = decode(bytes as Buffer)
    at += (bytes as Buffer).length
    if (text) yield text
  }
  decode()
}
