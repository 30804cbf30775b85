/** A stretch of SQL. White space is no token. */
export type Token = {
  kind: 'word' | 'quoted' | 'string' | 'comment' | 'placeholder' | 'number' | 'symbol'
  text: string
  start: number
}

const patterns: [Token['kind'], RegExp][] = [
  ['comment', /--[^\n]*/y],
  ['string', /[eE]'(?:[^'\\]|\\[\s\S]|'')*'?/y],
  ['string', /'(?:[^']|'')*'?/y],
  ['string', /\$([A-Za-z_]\w*)?\$[\s\S]*?(?:\$\1\$|$)/y],
  ['quoted', /"(?:[^"]|"")*"?/y],
  ['word', /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y],
  ['number', /(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['symbol', /::|[<>!]=|<>|\|\||[^\s]/y],
]

/** Cuts SQL, with `${…}` for values, into tokens. Never throws: what is not closed goes to the end. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < source.length) {
    if (/\s/.test(source[at]!)) {
      at++
      continue
    }
    const token = tokenAt(source, at)
    tokens.push(token)
    at += token.text.length
  }
  return tokens
}

function tokenAt(source: string, start: number): Token {
  if (source.startsWith('/*', start))
    return { kind: 'comment', text: source.slice(start, endOfBlockComment(source, start)), start }
  if (source.startsWith('${', start))
    return { kind: 'placeholder', text: source.slice(start, endOfPlaceholder(source, start)), start }
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = start
    const found = pattern.exec(source)
    if (found) return { kind, text: found[0], start }
  }
  return { kind: 'symbol', text: source[start]!, start }
}

/** They nest, as in PostgreSQL. */
function endOfBlockComment(source: string, start: number) {
  let depth = 0
  for (const { 0: mark, index } of source.slice(start).matchAll(/\/\*|\*\//g)) {
    depth += mark === '/*' ? 1 : -1
    if (depth === 0) return start + index + 2
  }
  return source.length
}

/** Behind the brace that closes a `${` of TypeScript, in which braces, strings and templates may stand. */
function endOfPlaceholder(source: string, start: number): number {
  let depth = 1
  let at = start + 2
  while (at < source.length) {
    const char = source[at]!
    if (char === '}' && --depth === 0) return at + 1
    if (char === '{') depth++
    if (char === "'" || char === '"') at = endOfString(source, at)
    else if (char === '`') at = endOfTemplate(source, at)
    else at++
  }
  return source.length
}

function endOfString(source: string, start: number) {
  let at = start + 1
  while (at < source.length && source[at] !== source[start] && source[at] !== '\n')
    at += source[at] === '\\' ? 2 : 1
  return at + 1
}

function endOfTemplate(source: string, start: number) {
  let at = start + 1
  while (at < source.length && source[at] !== '`') {
    if (source.startsWith('${', at)) at = endOfPlaceholder(source, at)
    else at += source[at] === '\\' ? 2 : 1
  }
  return at + 1
}
