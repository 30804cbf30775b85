/** Arrays and objects within each other that a body may hold. */
export const maxDepth = 100

/**
 * Whether JSON nests deeper than allowed. Parsers take it, but what later walks through the value would run out of stack,
 * here, in a worker or in the database.
 */
export function isTooDeep(json: Buffer | string): boolean {
  // Too short for it, as most bodies are.
  if (json.length <= maxDepth) return false
  const bytes = typeof json === 'string' ? Buffer.from(json) : json
  let depth = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === quote) at = endOfText(bytes, at)
    else if (byte === openArray || byte === openObject) {
      if (++depth > maxDepth) return true
    } else if (byte === closeArray || byte === closeObject) depth--
  }
  return false
}

const [quote, backslash] = [0x22, 0x5c]
const [openArray, closeArray, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d]

/** Where the quote stands that ends a text. */
function endOfText(bytes: Buffer, begin: number) {
  for (let at = begin + 1; at < bytes.length; at++) {
    if (bytes[at] === backslash) at++
    else if (bytes[at] === quote) return at
  }
  return bytes.length
}
