import { keywords } from '../../../../lib/notebook/sql/keywords'
import { type Token as SqlToken, tokenize } from '../../../../lib/notebook/sql/tokens'
import type { Token, TokenKind } from '../highlight'

const known = new Set(keywords)

/** SQL in coloured pieces, as Monaco colours it (`monaco-sql`); their texts joined are the source. */
export function highlightSql(source: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  for (const token of tokenize(source)) {
    if (token.start > at) tokens.push({ kind: 'plain', text: source.slice(at, token.start) })
    tokens.push(...piecesOf(token))
    at = token.start + token.text.length
  }
  if (at < source.length) tokens.push({ kind: 'plain', text: source.slice(at) })
  return tokens
}

/** A placeholder's braces are plain, as Monaco draws brackets. */
function piecesOf(token: SqlToken): Token[] {
  if (token.kind !== 'placeholder') return [{ kind: kindOf(token), text: token.text }]
  const closed = token.text.endsWith('}')
  const inner = token.text.slice(2, closed ? -1 : undefined)
  const pieces: Token[] = [
    { kind: 'plain', text: '${' },
    { kind: 'type', text: inner },
    { kind: 'plain', text: closed ? '}' : '' },
  ]
  return pieces.filter(({ text }) => text !== '')
}

function kindOf({ kind, text }: SqlToken): TokenKind {
  switch (kind) {
    case 'comment':
    case 'string':
    case 'number':
      return kind
    case 'word':
      return known.has(text.toLowerCase()) ? 'keyword' : 'plain'
    default:
      return 'plain'
  }
}
