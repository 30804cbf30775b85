/** What is looked for. */
export type Query = { text: string; matchCase: boolean; wholeWord: boolean; isRegExp: boolean }
/** A place in a cell's text: UTF-16 offset and length. `groups`: what the groups of an expression took, the whole match first. */
export type Match = { at: number; length: number; groups?: Groups }
export type Groups = { numbered: readonly (string | undefined)[]; named: Readonly<Record<string, string>> }
/** What is found, by cell; cells in which nothing is found are missing. */
export type Matches = Readonly<Record<string, readonly Match[]>>
/** Texts of cells, in page order. */
export type Texts = readonly (readonly [id: string, source: string])[]

export const emptyQuery: Query = { text: '', matchCase: false, wholeWord: false, isRegExp: false }

/** More are not counted: nobody goes through them, and each is drawn. */
export const mostMatches = 5000

/** The expression that finds a query; undefined where there is nothing to find. Throws what is wrong with it, as a `SyntaxError`. */
export function patternOf({ text, matchCase, wholeWord, isRegExp }: Query): RegExp | undefined {
  if (text === '') return
  const source = isRegExp ? text : literally(text)
  // `\b` would not hold beside `$` or a letter that is not ASCII.
  const whole = wholeWord ? `(?<![\\p{L}\\p{N}_$])(?:${source})(?![\\p{L}\\p{N}_$])` : source
  return new RegExp(whole, `gm${wholeWord || isRegExp ? 'u' : ''}${matchCase ? '' : 'i'}`)
}

/** All places of a text that a pattern matches, at most `most`; those of no length are none. */
export function matchesIn(source: string, pattern: RegExp, most = mostMatches): Match[] {
  const found: Match[] = []
  for (const match of source.matchAll(pattern)) {
    if (found.length >= most) break
    const { index, 0: text, groups } = match
    if (text === '') continue
    const place = { at: index, length: text.length }
    found.push(
      match.length === 1 ? place : { ...place, groups: { numbered: [...match], named: { ...groups } } },
    )
  }
  return found
}

/** What a query finds in all texts, at most `mostMatches`. */
export function searchTexts(query: Query, texts: Texts): Matches {
  const pattern = patternOf(query)
  const matches: Record<string, readonly Match[]> = {}
  let left = mostMatches
  for (const [id, source] of pattern ? texts : []) {
    const found = matchesIn(source, pattern!, left)
    if (found.length > 0) matches[id] = found
    left -= found.length
  }
  return matches
}

/** What stands in the place of a match; in regular expressions `$1`, `$<name>` and `$&` are what was found. */
export function replacementOf(source: string, match: Match, { isRegExp }: Query, text: string): string {
  if (!isRegExp) return text
  const whole = source.slice(match.at, match.at + match.length)
  const { numbered, named } = match.groups ?? { numbered: [whole], named: {} }
  return text.replace(/\$(\$|&|\d{1,2}|<([^>]*)>)/g, (written, sign: string, name?: string) => {
    if (sign === '$') return '$'
    if (sign === '&') return whole
    if (name !== undefined) return named[name] ?? ''
    return Number(sign) < numbered.length ? (numbered[Number(sign)] ?? '') : written
  })
}

/**
 * The pattern that finds in a rendered text what was found in its source. A person's own expression is not run again,
 * since it may take long: the texts that it matched are looked for.
 */
export function patternOfFound(query: Query, source: string, matches: readonly Match[]): RegExp | undefined {
  if (!query.isRegExp) return patternOf(query)
  const texts = new Set(matches.slice(0, 200).map(({ at, length }) => source.slice(at, at + length)))
  const longestFirst = [...texts].sort((a, b) => b.length - a.length)
  return longestFirst.length === 0 ? undefined : new RegExp(longestFirst.map(literally).join('|'), 'g')
}

const literally = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
