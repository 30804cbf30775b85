import { reservedWords } from '../reserved-words'

/** Whether a variable of the notebook can have this name: one that SQL can also name without quotes. */
export const isResultName = (name: string) => /^[A-Za-z_]\w*$/.test(name) && !reservedWords.has(name)

/** `sql_1`, `sql_2`, …: the first that is free. */
export function freeResultName(taken: Iterable<string | undefined>): string {
  const names = new Set(taken)
  for (let i = 1; ; i++) if (!names.has(`sql_${i}`)) return `sql_${i}`
}
