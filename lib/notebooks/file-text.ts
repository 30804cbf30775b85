import { Refused } from '../refused'

/** The largest notebook file that is read, bytes: larger ones hold data, which belongs into files of its own. */
export const maxFileBytes = 50_000_000
const largest = '50 MB'

/**
 * The text of a notebook's file, read as it arrives: one that is too large is refused before the rest of it is, and
 * one that is no UTF-8 before anything is made of it. `announced`: its size, where it is said beforehand.
 */
export async function readFileText(
  name: string,
  body: AsyncIterable<Uint8Array> | null,
  announced?: number,
): Promise<string> {
  const tooLarge = () =>
    new Refused(
      413,
      'too_large',
      `the file is larger than ${largest}; take large outputs out of it first: ${name}`,
    )
  if (announced !== undefined && announced > maxFileBytes) throw tooLarge()
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of body ?? []) {
    size += part.byteLength
    if (size > maxFileBytes) throw tooLarge()
    parts.push(part)
  }
  return decode(name, Buffer.concat(parts))
}

function decode(name: string, bytes: Uint8Array): string {
  const refuse = (cause: string) => new Refused(422, 'not_utf8', `${cause}; save it as UTF-8: ${name}`)
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    throw refuse('the file is written in UTF-16')
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw refuse('the file is not UTF-8 text')
  }
  const zero = text.indexOf('\0')
  if (zero >= 0) throw refuse(`the file holds the character U+0000, at ${zero}, and is no text`)
  return text
}
