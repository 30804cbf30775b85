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
    tokens.push({ kind: kindOf(token), text: token.text })
    at = token.start + token.text.length
  }
  if (at < source.length) tokens.push({ kind: 'plain', text: source.slice(at) })
  return tokens
}

function kindOf({ kind, text }: SqlToken): TokenKind {
  switch (kind) {
    case 'comment':
    case 'string':
    case 'number':
      return kind
    case 'placeholder':
      return 'type'
    case 'word':
      return known.has(text.toLowerCase()) ? 'keyword' : 'plain'
    default:
      return 'plain'
  }
}
