import { tokenize } from './tokens'

/** One statement of a text of several, and where it begins in it. */
export type Statement = { text: string; start: number }

/** Cuts a text at its semicolons; what is empty but for comments is no statement. */
export function statementsOf(source: string): Statement[] {
  const statements: Statement[] = []
  let start: number | undefined
  let end = 0
  const close = () => {
    if (start !== undefined) statements.push({ text: source.slice(start, end), start })
    start = undefined
  }
  for (const token of tokenize(source)) {
    if (token.text === ';') close()
    else if (token.kind !== 'comment') {
      start ??= token.start
      end = token.start + token.text.length
    }
  }
  close()
  return statements
}
