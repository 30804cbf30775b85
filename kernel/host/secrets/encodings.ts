import { inspect } from 'node:util'

/** Lines of a long secret, such as a key file, are known by themselves from this length on. */
const shortestLine = 16
/** Of base64 that stands within a longer one. */
const shortestPart = 8

/** The texts in which a secret's value commonly appears, longest first: as it is, escaped, and encoded. */
export function encodingsOf(value: string): string[] {
  const lines = value.split(/\r?\n/).map((line) => line.trim())
  const plain = [
    value,
    value.trim(),
    ...(lines.length > 1 ? lines.filter((line) => line.length >= shortestLine) : []),
  ]
  const found = plain.flatMap((text) => [text, ...escaped(text), ...inBase64(text), inHex(text)])
  return [...new Set(found)].filter(Boolean).sort((a, b) => b.length - a.length)
}

function escaped(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1)
  const uri = encodeURIComponent(text)
  const html = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return [
    json,
    JSON.stringify(json).slice(1, -1),
    inspect(text).slice(1, -1),
    uri,
    uri.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    uri.replaceAll('%20', '+'),
    encodeURI(text),
    html,
    html.replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
  ]
}

/** Also within a longer text, such as `user:secret` of HTTP: what precedes it shifts the letters, in three ways. */
function inBase64(text: string): string[] {
  const bytes = Buffer.from(text)
  const parts = [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    const shared = before === 0 ? 0 : before + 1
    // The last letter also holds bits of what follows.
    const end = (before + bytes.length) % 3 === 0 ? whole.length : whole.length - 1
    return whole.slice(shared, end)
  })
  return [bytes.toString('base64'), ...parts.filter((part) => part.length >= shortestPart)].flatMap(
    (part) => [part, part.replaceAll('+', '-').replaceAll('/', '_')],
  )
}

const inHex = (text: string) => Buffer.from(text).toString('hex')
