/**
 * The cell that promotes a function. A function needs records, for its schema and its self-test, which only code can
 * name; `records` is left to be filled in. `sources`: the notebook's cells, to see whether `promote` is imported.
 */
export function promotingCell(endpoint: string, variable: string, sources: readonly string[]): string {
  const imported = sources.some((source) =>
    /import\s*\{[^}]*\bpromote\b[^}]*\}\s*from\s*['"]cellar['"]/.test(source),
  )
  const call = `await promote('${endpoint}', ${variable}, { data: records })`
  return imported ? call : `import { promote } from 'cellar'\n\n${call}`
}
