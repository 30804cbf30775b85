import { type Token, tokenize } from './tokens'

/**
 * The tables that a query names in FROM, JOIN and the like, without those that it defines itself with WITH. By its words
 * alone: enough to know which cells it depends on; when it runs, DuckDB says what it really lacks.
 */
export function tablesIn(source: string): string[] {
  const tokens = tokenize(source).filter(({ kind }) => kind !== 'comment')
  const own = new Set(ownTables(tokens).map((name) => name.toLowerCase()))
  const names = placesOfTables(tokens)
    .places.filter((i) => isName(tokens[i]!) && isPlain(tokens, i))
    .map((i) => nameOf(tokens[i]!))
  return [...new Set(names)].filter((name) => !own.has(name.toLowerCase()))
}

/** Which tokens stand where a table is named, and whether one is expected after the last. Without comments. */
export function placesOfTables(tokens: readonly Token[]): { places: number[]; expected: boolean } {
  const places: number[] = []
  /** One for each open parenthesis: whether a name that follows is a table, and whether FROM begins a clause there. */
  const levels: Level[] = [{ expecting: false, inFrom: false, clause: true }]
  for (const [i, token] of tokens.entries()) {
    const level = levels.at(-1)!
    const before = tokens[i - 1]
    const word = wordOf(token)
    if (token.text === '(') {
      // In `extract(year FROM day)` FROM belongs to the function.
      const ofFunction = before !== undefined && isName(before) && !clauseWords.has(wordOf(before))
      levels.push({ expecting: level.expecting, inFrom: level.expecting, clause: !ofFunction })
      level.expecting = false
    } else if (token.text === ')') {
      if (levels.length > 1) levels.pop()
    } else if (token.text === ';') {
      levels.splice(0, levels.length, { expecting: false, inFrom: false, clause: true })
    } else if (token.text === ',') level.expecting = level.inFrom
    else if (word === 'select') Object.assign(level, { expecting: false, inFrom: false, clause: true })
    else if (word === 'from' && level.clause && wordOf(before) !== 'distinct')
      Object.assign(level, { expecting: true, inFrom: true })
    else if (word === 'from' && level.clause && !isOf(wordOf(tokens[i - 2]), 'is', 'not'))
      Object.assign(level, { expecting: true, inFrom: true })
    else if (tableWords.has(word)) level.expecting = true
    else if (endWords.has(word)) Object.assign(level, { expecting: false, inFrom: false })
    else if (level.expecting && isSource(token) && word !== 'lateral' && word !== 'only') {
      level.expecting = false
      places.push(i)
    }
  }
  return { places, expected: levels.at(-1)!.expecting }
}

/** The names that a query gives to tables of its own with WITH. */
export const ownTables = (tokens: readonly Token[]): string[] =>
  tokens.flatMap((token, i) =>
    isName(token) && wordOf(token) !== 'with' && definesTable(tokens, i) ? [nameOf(token)] : [],
  )

/** Neither a function nor a table of a schema. */
const isPlain = (tokens: readonly Token[], i: number) =>
  tokens[i + 1]?.text !== '(' && tokens[i + 1]?.text !== '.' && tokens[i - 1]?.text !== '.'

/** What can stand for a table: a name, a file in quotes, a table of TypeScript. */
const isSource = (token: Token) => isName(token) || token.kind === 'string' || token.kind === 'placeholder'

type Level = { expecting: boolean; inFrom: boolean; clause: boolean }

const tableWords = new Set(['join', 'summarize', 'pivot', 'unpivot', 'update', 'into'])
/** After them a comma separates something else than tables. */
const endWords = new Set(
  'where group order having limit offset union intersect except window qualify on using set values returning sample'.split(
    ' ',
  ),
)
/** Words before a parenthesis that opens a query or a list of tables. */
const clauseWords = new Set(
  'from join in exists as any all some union intersect except select and or not on lateral summarize with materialized'.split(
    ' ',
  ),
)

/** A word in lower case; empty for any other token. */
export const wordOf = (token: Token | undefined) => (token?.kind === 'word' ? token.text.toLowerCase() : '')
const isOf = (word: string, ...words: string[]) => words.includes(word)
export const isName = ({ kind }: Token) => kind === 'word' || kind === 'quoted'
/** A name as it is meant, without its quotes. */
export const nameOf = ({ kind, text }: Token) =>
  kind === 'quoted' ? text.replace(/^"|"$/g, '').replaceAll('""', '"') : text

/** Whether the name at `i` is followed by `AS (`, perhaps with a list of columns between: a table of a WITH. */
function definesTable(tokens: readonly Token[], i: number) {
  let at = i + 1
  if (tokens[at]?.text === '(') {
    while (at < tokens.length && tokens[at]?.text !== ')') at++
    at++
  }
  if (wordOf(tokens[at]) !== 'as') return false
  const words = ['materialized', 'not']
  do at++
  while (words.includes(wordOf(tokens[at])))
  return tokens[at]?.text === '('
}
