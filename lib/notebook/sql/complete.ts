import { functions } from './functions'
import { keywords } from './keywords'
import { isName, nameOf, ownTables, placesOfTables, wordOf } from './tables'
import { type Token, tokenize } from './tokens'

/** What queries can read. `columns` of a file are known once a query names it. */
export type SqlSchema = { tables: readonly SqlTable[]; files: readonly string[] }
export type SqlTable = { name: string; columns: readonly SqlColumn[] }
/** `type`: as its library or DuckDB calls it. */
export type SqlColumn = { name: string; type: string }

/** `rank`: the less, the further up. */
export type SqlSuggestion = {
  label: string
  insert: string
  kind: 'column' | 'table' | 'file' | 'function' | 'keyword'
  detail: string
  rank: number
}

/** The files that the statement around `offset` reads. */
export function filesNamed(source: string, offset: number): string[] {
  const tokens = statementAt(source, offset)
  const { places } = placesOfTables(tokens)
  return places.flatMap((i) => (tokens[i]!.kind === 'string' ? [textOf(tokens[i]!)] : []))
}

/**
 * What may stand at `offset` of an SQL cell, and which text it replaces. By the words around it: after
 * FROM tables and files, after a table's name and a dot its columns, else columns of the tables that the statement
 * names, then functions and keywords.
 */
export function completeSql(
  source: string,
  offset: number,
  schema: SqlSchema,
): { from: number; to: number; suggestions: SqlSuggestion[] } {
  const tokens = statementAt(source, offset)
  const under = tokenize(source).find(
    ({ start, text, kind }) =>
      start < offset && (offset < start + text.length || isOpenAt(kind, text, start, offset)),
  )
  const nothing = { from: offset, to: offset, suggestions: [] }
  if (under?.kind === 'comment' || under?.kind === 'placeholder' || under?.kind === 'number') return nothing
  const from = under && under.kind !== 'symbol' ? under.start : offset
  // The quote that an editor closed by itself goes with the text in front of it.
  const isQuoted = under?.kind === 'string' || under?.kind === 'quoted'
  const to = isQuoted && !under.text.includes('\n') ? under.start + under.text.length : offset
  const before = tokens.filter(({ start }) => start < from)
  const references = referencesIn(tokens, schema, from)
  const { expected } = placesOfTables(before)
  if (under?.kind === 'string') return expected ? { from, to, suggestions: files(schema) } : nothing
  if (before.at(-1)?.text === '.') {
    const owner = before.at(-2)
    const reference = owner && isName(owner) ? find(references, nameOf(owner)) : undefined
    return { from, to, suggestions: reference ? columnsOf(reference, 0) : [] }
  }
  if (expected) {
    const own = ownTables(tokens).map((name) => suggestion(name, 'table', 'of this query', 0))
    const known = schema.tables
      .filter(({ name }) => !schema.files.includes(name))
      .map(({ name, columns }) => suggestion(name, 'table', counted(columns.length), 1))
    const reading = functions.filter((name) => name.startsWith('read_')).map(functionOf)
    return {
      from,
      to,
      suggestions: [...own, ...known, ...files(schema), ...reading, ...keywordsLike(source, 4)],
    }
  }
  return {
    from,
    to,
    suggestions: [
      ...references.flatMap((reference) => columnsOf(reference, 0)),
      ...references.map(({ name, table }) =>
        suggestion(name, 'table', table.name === name ? '' : table.name, 1),
      ),
      ...functions.map(functionOf),
      ...keywordsLike(source, 3),
    ],
  }
}

/** A table as a statement calls it. */
type Reference = { name: string; table: SqlTable }

/** The tables that a statement reads, by their names in it; what is being typed is none of them. */
function referencesIn(tokens: readonly Token[], { tables }: SqlSchema, typing: number): Reference[] {
  const { places } = placesOfTables(tokens)
  return places.flatMap((i) => {
    const token = tokens[i]!
    if (token.start === typing || tokens[i + 1]?.text === '(') return []
    const isFile = token.kind === 'string'
    const named = isFile ? textOf(token) : nameOf(token)
    const table = tables.find(({ name }) => same(name, named))
    if (!table) return []
    const alias = aliasAfter(tokens, i, typing)
    // A file without another name is called by its own, without folder and ending.
    const name = alias ?? (isFile ? named.replace(/^.*\//, '').replace(/\..*$/, '') : named)
    return [{ name, table }]
  })
}

function aliasAfter(tokens: readonly Token[], i: number, typing: number): string | undefined {
  const next = tokens[i + 1]
  const alias = wordOf(next) === 'as' ? tokens[i + 2] : next
  if (!alias || !isName(alias) || alias.start === typing) return undefined
  return reserved.has(wordOf(alias)) ? undefined : nameOf(alias)
}

const reserved = new Set(keywords)

const columnsOf = ({ table }: Reference, rank: number): SqlSuggestion[] =>
  table.columns.map(({ name, type }) => suggestion(name, 'column', `${type} · ${table.name}`, rank))

const files = ({ files }: SqlSchema): SqlSuggestion[] =>
  files.map((name) => ({
    label: `'${name}'`,
    insert: `'${name.replaceAll("'", "''")}'`,
    kind: 'file',
    detail: 'file',
    rank: 2,
  }))

const functionOf = (name: string): SqlSuggestion => ({
  label: name,
  insert: name,
  kind: 'function',
  detail: 'function',
  rank: 2,
})

/** Keywords as the text writes them: in capitals unless it has some in small letters and none in capitals. */
function keywordsLike(source: string, rank: number): SqlSuggestion[] {
  const words = tokenize(source).filter((token) => reserved.has(wordOf(token)))
  const capitals = words.length < 2 || words.some(({ text }) => text === text.toUpperCase())
  return keywords.map((word) => {
    const written = capitals ? word.toUpperCase() : word
    return { label: written, insert: written, kind: 'keyword', detail: '', rank }
  })
}

const suggestion = (
  name: string,
  kind: SqlSuggestion['kind'],
  detail: string,
  rank: number,
): SqlSuggestion => ({
  label: name,
  insert: isPlainName(name) ? name : `"${name.replaceAll('"', '""')}"`,
  kind,
  detail,
  rank,
})

/** Without quotes DuckDB reads it as a name. */
const isPlainName = (name: string) => /^[A-Za-z_]\w*$/.test(name) && !reserved.has(name.toLowerCase())

const counted = (columns: number) => (columns === 1 ? '1 column' : `${columns} columns`)

/** The tokens of the statement around a place, without comments. */
function statementAt(source: string, offset: number): Token[] {
  const tokens = tokenize(source).filter(({ kind }) => kind !== 'comment')
  const ends = tokens.filter(({ text }) => text === ';').map(({ start }) => start)
  const begin = ends.filter((end) => end < offset).at(-1) ?? -1
  const end = ends.find((end) => end >= offset) ?? source.length
  return tokens.filter(({ start }) => start > begin && start < end)
}

/** Whether a token that ends at `offset` is still being typed. */
function isOpenAt(kind: Token['kind'], text: string, start: number, offset: number): boolean {
  if (offset !== start + text.length) return false
  if (kind === 'word' || kind === 'number') return true
  if (kind === 'comment') return text.startsWith('--') || !text.endsWith('*/')
  if (kind === 'string') return text.length === 1 || !/['$]$/.test(text)
  if (kind === 'quoted') return text.length === 1 || !text.endsWith('"')
  return kind === 'placeholder' && !text.endsWith('}')
}

const textOf = ({ text }: Token) => text.replace(/^'|'$/g, '').replaceAll("''", "'")
const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase()
const find = (references: readonly Reference[], name: string) =>
  references.find((reference) => same(reference.name, name))
