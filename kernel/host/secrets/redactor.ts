import { encodingsOf } from './encodings'

/** Takes the secrets that a kernel was given out of all that it says. */
export type Redactor = {
  add(name: string, value: string): void
  /** Names of the secrets that a text or bytes hold. */
  heldBy(data: string | Uint8Array): string[]
  text(text: string): string
  /** Data as JSON has it, keys too. */
  value<T>(value: T): T
  /** For a stream, whose chunks may cut a secret in two. */
  stream(): RedactedStream
}

export type RedactedStream = {
  /** What can be said by now; the rest may be the beginning of a secret. */
  push(bytes: Uint8Array): Uint8Array
  /** The rest, at the end or before something else is said. */
  flush(): Uint8Array
}

const nothing = new Uint8Array()

export function createRedactor(): Redactor {
  /** Longest first: an encoding may hold another. `bytes`: its UTF-8 as Latin-1, to look through streams. */
  let patterns: { name: string; text: string; bytes: string }[] = []
  const mark = (name: string) => `[secret ${name}]`
  const replace = (text: string, key: 'text' | 'bytes') => {
    let redacted = text
    for (const pattern of patterns) redacted = redacted.replaceAll(pattern[key], mark(pattern.name))
    return redacted
  }

  function redact(value: unknown): unknown {
    if (typeof value === 'string') return replace(value, 'text')
    if (Array.isArray(value)) return value.map(redact)
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [replace(key, 'text'), redact(each)]),
    )
  }

  function stream(): RedactedStream {
    let held = ''
    return {
      push(bytes) {
        if (patterns.length === 0 && held === '') return bytes
        const text = replace(held + Buffer.from(bytes).toString('latin1'), 'bytes')
        const keep = beginning(text)
        held = text.slice(text.length - keep)
        return Buffer.from(text.slice(0, text.length - keep), 'latin1')
      },
      flush() {
        if (held === '') return nothing
        const rest = Buffer.from(held, 'latin1')
        held = ''
        return rest
      },
    }
  }

  /** How many characters at the end of a text begin a secret. */
  function beginning(text: string): number {
    let longest = 0
    for (const { bytes } of patterns) {
      const first = bytes[0]!
      let at = text.indexOf(first, Math.max(0, text.length - bytes.length + 1))
      while (at >= 0 && text.length - at > longest) {
        if (bytes.startsWith(text.slice(at))) longest = text.length - at
        at = text.indexOf(first, at + 1)
      }
    }
    return longest
  }

  return {
    add(name, value) {
      const known = new Set(patterns.map(({ text }) => text))
      const added = encodingsOf(value)
        .filter((text) => !known.has(text))
        .map((text) => ({ name, text, bytes: Buffer.from(text).toString('latin1') }))
      patterns = [...patterns, ...added].sort((a, b) => b.text.length - a.text.length)
    },
    heldBy(data) {
      const isText = typeof data === 'string'
      const all = isText ? data : Buffer.from(data).toString('latin1')
      const forms = (pattern: (typeof patterns)[number]) =>
        isText ? [pattern.text] : [pattern.bytes, pattern.text, wide(pattern.text)]
      const held = patterns.filter((each) => forms(each).some((form) => all.includes(form)))
      return [...new Set(held.map(({ name }) => name))]
    },
    text: (text) => (patterns.length === 0 ? text : replace(text, 'text')),
    value: <T>(value: T) => (patterns.length === 0 ? value : (redact(value) as T)),
    stream,
  }
}

/** As V8 writes a text with characters beyond Latin-1. */
const wide = (text: string) => Buffer.from(text, 'utf16le').toString('latin1')
