const reserved = new Set(
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield'.split(
    ' ',
  ),
)

/** Whether a variable of the notebook can have this name: one that SQL can also name without quotes. */
export const isResultName = (name: string) => /^[A-Za-z_]\w*$/.test(name) && !reserved.has(name)

/** `sql_1`, `sql_2`, …: the first that is free. */
export function freeResultName(taken: Iterable<string | undefined>): string {
  const names = new Set(taken)
  for (let i = 1; ; i++) if (!names.has(`sql_${i}`)) return `sql_${i}`
}
