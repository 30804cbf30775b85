/** What is looked for. */
export type Query = { text: string; matchCase: boolean; wholeWord: boolean; isRegExp: boolean }
/** A place in a cell's text: UTF-16 offset and length. */
export type Match = { at: number; length: number }

export const emptyQuery: Query = { text: '', matchCase: false, wholeWord: false, isRegExp: false }

/** More are not counted: nobody goes through them, and each is drawn. */
export const mostMatches = 5000

/** The expression that finds a query; undefined where there is nothing to find. Throws what is wrong with it, as a `SyntaxError`. */
export function patternOf({ text, matchCase, wholeWord, isRegExp }: Query): RegExp | undefined {
  if (text === '') return
  const source = isRegExp ? text : text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  // `\b` would not hold beside `$` or a letter that is not ASCII.
  const whole = wholeWord ? `(?<![\\p{L}\\p{N}_$])(?:${source})(?![\\p{L}\\p{N}_$])` : source
  return new RegExp(whole, `gm${wholeWord || isRegExp ? 'u' : ''}${matchCase ? '' : 'i'}`)
}

/** All places of a text that a pattern matches, at most `most`; those of no length are none. */
export function matchesIn(source: string, pattern: RegExp, most = mostMatches): Match[] {
  const found: Match[] = []
  for (const { index, 0: text } of source.matchAll(pattern)) {
    if (found.length >= most) break
    if (text !== '') found.push({ at: index, length: text.length })
  }
  return found
}

/** What stands in the place of a match; in regular expressions `$1`, `$<name>` and `$&` are what was found. */
export function replacementOf(
  source: string,
  { at, length }: Match,
  pattern: RegExp,
  { isRegExp }: Query,
  text: string,
): string {
  if (!isRegExp) return text
  // Looked for again where it stands: what is around it counts for the match.
  const here = new RegExp(pattern.source, pattern.flags.replace('g', 'y'))
  here.lastIndex = at
  const match = here.exec(source)
  if (!match || match[0].length !== length) return text
  return text.replace(/\$(\$|&|\d{1,2}|<([^>]*)>)/g, (whole, sign: string, name?: string) => {
    if (sign === '$') return '$'
    if (sign === '&') return match[0]
    if (name !== undefined) return match.groups?.[name] ?? ''
    return Number(sign) < match.length ? (match[Number(sign)] ?? '') : whole
  })
}
