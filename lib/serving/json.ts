import { isUtf8 } from 'node:buffer'
import { isTooDeep, maxDepth } from './depth'
import { Refusal } from './refusal'

/** Parses a body. Throws `Refusal` 400 that says where the JSON breaks. */
export function parseJson(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw new Refusal(400, 'bad_json', 'the body is not JSON: its bytes are not UTF-8')
  if (isTooDeep(bytes))
    throw new Refusal(400, 'bad_json', `the body nests too deeply: at most ${maxDepth} arrays and objects`)
  const text = bytes.toString('utf8')
  try {
    return JSON.parse(text)
  } catch {
    if (text.trim() === '') throw new Refusal(400, 'bad_json', 'the body is empty; send one record as JSON')
    throw new Refusal(400, 'bad_json', `the body is not JSON: ${describeBreak(text)}`)
  }
}

/** One token: text, number, word, or a mark. */
const token =
  /(?:("(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w))|([[\]{},:]))/uy
const space = /[ \t\n\r]*/y

/** `line 1, column 9: unexpected NaN`. Node's own message has no position where a word is at fault. */
function describeBreak(text: string): string {
  const at = breakPosition(text)
  const before = text.slice(0, at)
  const line = before.split('\n').length
  const column = at - before.lastIndexOf('\n')
  if (at >= text.length) return `line ${line}, column ${column}: unexpected end`
  const word = /^(?:[\w.+-]{1,20}|[\s\S])/u.exec(text.slice(at, at + 20))?.[0] ?? ''
  return `line ${line}, column ${column}: unexpected ${word}`
}

/** What may come next in an array or object, or after all of it. */
type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end' | 'nothing'

/** Where the first token stands that JSON does not allow there. The text's length when it merely ends too soon. */
export function breakPosition(text: string): number {
  const open: ('[' | '{')[] = []
  let expected: Expected = 'value'
  for (let at = 0; ; at = token.lastIndex) {
    space.lastIndex = at
    const start = at + space.exec(text)![0].length
    token.lastIndex = start
    const found = token.exec(text)
    if (!found) return start
    const next = step(expected, found[2] ?? (found[1]!.startsWith('"') ? 'text' : 'plain'), open)
    if (!next) return start
    expected = next
  }
}

function step(expected: Expected, what: string, open: ('[' | '{')[]): Expected | undefined {
  const ended = (): Expected => (open.length > 0 ? 'comma or end' : 'nothing')
  const value = expected === 'value' || expected === 'value or end'
  const key = expected === 'key' || expected === 'key or end'
  const innermost = open.at(-1)
  switch (what) {
    case 'text':
      return value ? ended() : key ? 'colon' : undefined
    case 'plain':
      return value ? ended() : undefined
    case '[':
    case '{':
      if (!value) return
      open.push(what)
      return what === '[' ? 'value or end' : 'key or end'
    case ']':
    case '}': {
      const fits = innermost === (what === ']' ? '[' : '{')
      if (!fits || !['value or end', 'key or end', 'comma or end'].includes(expected)) return
      open.pop()
      return ended()
    }
    case ':':
      return expected === 'colon' ? 'value' : undefined
    case ',':
      if (expected !== 'comma or end') return
      return innermost === '[' ? 'value' : 'key'
  }
}
