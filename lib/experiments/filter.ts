/**
 * What a person types to find runs: `rate < 0.1 and model = "cnn" and tag = best`. Terms are joined by `and`; each
 * compares a fact of the run, a parameter or a metric's last value; a word alone is looked for in names and tags.
 */
export type Term =
  | {
      field: string
      kind: 'fact' | 'param' | 'metric' | 'any'
      op: Operator
      value: string | number | boolean
    }
  | { word: string }

export const operators = ['=', '!=', '<', '<=', '>', '>=', '~'] as const
/** `~`: contains. */
export type Operator = (typeof operators)[number]

/** What every run has. */
export const facts = ['name', 'notebook', 'state', 'tag', 'by'] as const

export class FilterError extends Error {
  override name = 'FilterError'
}

type Token = { text: string; quoted: boolean; at: number }

/** Throws `FilterError` with the place of what is not understood. */
export function parseFilter(text: string): Term[] {
  const tokens = tokenize(text)
  const terms: Term[] = []
  for (let i = 0; i < tokens.length; ) {
    if (terms.length > 0) {
      const joint = tokens[i]!
      if (isWord(joint, 'and')) i++
      else if (isWord(joint, 'or'))
        throw new FilterError(`terms are joined by "and", not by "or", at ${joint.at + 1}`)
    }
    const first = tokens[i++]
    if (!first) throw new FilterError('a term is missing after "and"')
    if (isOperator(first))
      throw new FilterError(`a name is missing before "${first.text}", at ${first.at + 1}`)
    const op = tokens[i]
    if (!op || !isOperator(op)) {
      terms.push({ word: first.text })
      continue
    }
    const value = tokens[++i]
    if (!value || isOperator(value))
      throw new FilterError(`a value is missing after "${first.text} ${op.text}"`)
    i++
    const field = fieldOf(first)
    if (field.kind === 'fact' && !['=', '!=', '~'].includes(op.text))
      throw new FilterError(`${first.text} is compared with =, != or ~, not with ${op.text}`)
    terms.push({ ...field, op: op.text as Operator, value: readValue(value) })
  }
  return terms
}

function fieldOf({ text, quoted }: Token): Pick<Extract<Term, { field: string }>, 'field' | 'kind'> {
  const named = quoted ? undefined : /^(param|metric)s?\.(.+)$/.exec(text)
  if (named) return { field: named[2]!, kind: named[1] as 'param' | 'metric' }
  const isFact = !quoted && (facts as readonly string[]).includes(text)
  return { field: text, kind: isFact ? 'fact' : 'any' }
}

function readValue({ text, quoted }: Token): string | number | boolean {
  if (quoted) return text
  if (text === 'true' || text === 'false') return text === 'true'
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  const pattern = /\s*(?:"((?:[^"\\]|\\.)*)"|(!=|<=|>=|[=<>~])|([^\s"=<>~!]+)|(\S))/gy
  for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
    const [whole, quotedText, operator, word, wrong] = found
    const at = found.index + whole.length - whole.trimStart().length
    if (wrong !== undefined)
      throw new FilterError(
        wrong === '"' ? `a quote is not closed, at ${at + 1}` : `not understood at ${at + 1}: ${wrong}`,
      )
    if (quotedText !== undefined) tokens.push({ text: quotedText.replace(/\\(.)/g, '$1'), quoted: true, at })
    else tokens.push({ text: (operator ?? word)!, quoted: false, at })
  }
  return tokens
}

const isOperator = ({ text, quoted }: Token) => !quoted && (operators as readonly string[]).includes(text)
const isWord = ({ text, quoted }: Token, word: string) => !quoted && text.toLowerCase() === word
