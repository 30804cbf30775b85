import { parseJson } from '../json'

const word = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/gs
const marks: Record<string, number> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
}

/**
 * JSON as Python's own writer makes it, where `NaN`, `Infinity` and `-Infinity` stand bare. NaN, which clients send for a
 * missing value, becomes null; the infinities stay numbers. Throws `Refusal` 400.
 */
export function parseLenientJson(bytes: Buffer): unknown {
  if (!bytes.includes('NaN') && !bytes.includes('Infinity')) return parseJson(bytes)
  // JSON reads 1e999 as Infinity.
  const text = bytes.toString('utf8').replace(word, (found) => {
    const mark = marks[found]
    if (mark === undefined) return found
    return Number.isNaN(mark) ? 'null' : mark > 0 ? '1e999' : '-1e999'
  })
  return parseJson(Buffer.from(text))
}
