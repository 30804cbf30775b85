import { isResultName } from './result-name'
import { tablesIn } from './tables'
import { type Token, tokenize } from './tokens'

/**
 * An SQL cell as the TypeScript that the kernel runs: the query as a tagged template, so that its lines stay where they
 * are, `${…}` are values of TypeScript, and the graph, the scope and a promotion see a cell like any other. The tables that
 * it names stand in a function that is never called.
 *
 * A first line `-- connection: name` sends the query to the PostgreSQL server whose address the variable or secret
 * `name` holds.
 */
export function sqlToTypeScript(source: string, result?: string): string {
  const connection = connectionOf(source)
  const tables = connection ? [] : tablesIn(source).filter(isResultName)
  const mention = tables.length > 0 ? `void (() => [${tables.join(', ')}]); ` : ''
  const tag = `(await import('cellar')).sql${connection ? `.connection('${connection}', () => ${connection})` : ''}`
  const query = `await ${tag}\`${templateOf(source)}\``
  return result !== undefined && isResultName(result)
    ? `${mention}const ${result} = ${query};\n${result}`
    : mention + query
}

/** The variable or secret that the first line names as the address of a PostgreSQL server. */
export function connectionOf(source: string): string | undefined {
  const name = /^\s*--[ \t]*connection:[ \t]*(\S+)[ \t]*(?:\n|$)/.exec(source)?.[1]
  return name !== undefined && isResultName(name) ? name : undefined
}

/** The text of a template with the same content, in which only placeholders outside of comments are evaluated. */
function templateOf(source: string) {
  let text = ''
  let at = 0
  for (const token of tokenize(source)) {
    text += escaped(source.slice(at, token.start)) + tokenText(token)
    at = token.start + token.text.length
  }
  return text + source.slice(at)
}

function tokenText({ kind, text }: Token) {
  if (kind === 'placeholder') return text
  // Kept as a placeholder inside quotes, so that the run can say that the quotes make it text.
  if (kind === 'string') return escaped(text, /\$\{(?![^}']*\})/g)
  return escaped(text)
}

const escaped = (text: string, placeholder = /\$\{/g) =>
  text.replace(/[\\`]/g, '\\$&').replace(placeholder, '\\${')
