/** Kinds of a piece of TypeScript, as far as colours tell them apart. */
export type TokenKind = 'plain' | 'keyword' | 'string' | 'number' | 'type' | 'comment' | 'regexp'
export type Token = { kind: TokenKind; text: string }

// The same words and rules as Monaco's TypeScript grammar, so that nothing changes colour when an editor is mounted.
const keywords = new Set(
  `abstract any as asserts async await bigint boolean break case catch class continue const constructor debugger
  declare default delete do else enum export extends false finally for from function get if implements import in
  infer instanceof interface is keyof let module namespace never new null number object out package private
  protected public override readonly require global return satisfies set static string super switch symbol this
  throw true try type typeof undefined unique unknown var void while with yield async await of`.split(/\s+/),
)

const pattern =
  /(?<comment>\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<string>"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?)|(?<template>`)|(?<number>\b(?:0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|\d[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?\d+)?)n?)|(?<regexp>(?<=(?:^|[=(,:[!&|?{};\n])\s*)\/(?![/*])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*)|(?<word>#?[A-Za-z_$][\w$]*)/g

/** TypeScript in coloured pieces; their texts joined are the source. */
export function highlight(source: string): Token[] {
  const tokens: Token[] = []
  const add = (kind: TokenKind, text: string) => {
    if (text === '') return
    const last = tokens.at(-1)
    if (last?.kind === kind) last.text += text
    else tokens.push({ kind, text })
  }
  scan(source, 0, add)
  return tokens
}

/** Scans until the end, or until the brace that closes a template's `${`; answers where it stopped. */
function scan(
  source: string,
  from: number,
  add: (kind: TokenKind, text: string) => void,
  inTemplate = false,
): number {
  let at = from
  let depth = 0
  while (at < source.length) {
    pattern.lastIndex = at
    const match = pattern.exec(source)
    const end = match?.index ?? source.length
    const plain = source.slice(at, end)
    if (inTemplate) {
      for (let i = 0; i < plain.length; i++) {
        if (plain[i] === '{') depth++
        if (plain[i] === '}' && depth-- === 0) {
          add('plain', plain.slice(0, i))
          return at + i
        }
      }
    }
    add('plain', plain)
    if (!match) return source.length
    const groups = match.groups!
    at = end + match[0].length
    if (groups.template !== undefined) at = scanTemplate(source, end, add)
    else add(kindOf(groups, match[0]), match[0])
  }
  return source.length
}

function scanTemplate(source: string, start: number, add: (kind: TokenKind, text: string) => void): number {
  let from = start
  let at = start + 1
  while (at < source.length) {
    if (source[at] === '\\') at += 2
    else if (source[at] === '`') {
      add('string', source.slice(from, at + 1))
      return at + 1
    } else if (source.startsWith('${', at)) {
      add('string', source.slice(from, at))
      add('plain', '${')
      from = scan(source, at + 2, add, true)
      at = from
      if (source[at] === '}') {
        add('plain', '}')
        from = ++at
      }
    } else at++
  }
  add('string', source.slice(from))
  return source.length
}

function kindOf(groups: Record<string, string | undefined>, text: string): TokenKind {
  if (groups.comment !== undefined) return 'comment'
  if (groups.string !== undefined) return 'string'
  if (groups.number !== undefined) return 'number'
  if (groups.regexp !== undefined) return 'regexp'
  if (keywords.has(text)) return 'keyword'
  return /^[A-Z]/.test(text) ? 'type' : 'plain'
}
