import { createReadStream } from 'node:fs'

/**
 * On which lines of delimited text its records begin, for those whose numbers are asked for: in ascending order, from 1,
 * a blank line counts as one. A quoted value may go over several lines, so they are counted from the start.
 */
export async function recordLines(
  file: string,
  delimiter: string,
  wanted: (record: { number: number; blank: boolean }) => boolean,
  last: () => boolean,
): Promise<number[]> {
  const lines: number[] = []
  const separator = delimiter.charCodeAt(0)
  let [line, number, begin] = [1, 1, 1]
  let [quoted, blank, fresh] = [false, true, true]
  const stream = createReadStream(file, { highWaterMark: 1 << 18 })
  for await (const part of stream as AsyncIterable<Buffer>) {
    for (let i = 0; i < part.length; i++) {
      const byte = part[i]!
      if (byte === 10) {
        line++
        if (quoted) continue
        if (wanted({ number, blank })) lines.push(begin)
        number++
        begin = line
        blank = true
        fresh = true
      } else {
        blank = false
        // Within a quoted value two quotes are one: leaving and entering again has the same end.
        if (byte === 34) {
          if (quoted || fresh) quoted = !quoted
        } else if (!quoted) fresh = byte === separator || (fresh && byte === 32)
        else fresh = true
      }
    }
    if (last()) break
  }
  if (!blank && wanted({ number, blank })) lines.push(begin)
  return lines
}
