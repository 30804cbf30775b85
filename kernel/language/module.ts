import type { TextPosition, TextRange } from '../../lib/protocol/language'
import type { DeclaredNames } from './names'
import type { NotebookScope } from './scope'

/**
 * A cell as a TypeScript module: one line that imports what it uses of other cells and exports what it declares, then
 * its text as it is. The line stands first, because a brace or a template that is still open in the text would swallow
 * whatever came after it. `always`: cells that it imports from even if nothing; while the imported modules stay the same
 * ones, the server need not build its program anew. So every place of the text is one line lower in the module, and columns are the same.
 */
export function moduleText(
  cell: { id: string; source: string; names: DeclaredNames },
  scope: NotebookScope,
  wanted: Iterable<string>,
  always: readonly string[] = [],
): string {
  const { declared, exported } = cell.names
  const imports = new Map<string, string[]>(always.flatMap((id) => (id === cell.id ? [] : [[id, []]])))
  for (const name of wanted) {
    if (declared.has(name)) continue
    const from = scope.definer(name, cell.id)
    if (from === undefined) continue
    const known = imports.get(from)
    if (known) known.push(name)
    else imports.set(from, [name])
  }
  const lines = [...imports].map(
    ([from, names]) => `import { ${names.join(', ')} } from "./${moduleName(from)}";`,
  )
  const exports = [...declared.keys()].filter((name) => !exported.has(name))
  return `${[...lines, `export { ${exports.join(', ')} };`].join(' ')}\n${cell.source}`
}

/** An SQL cell's module: its table. */
export const tableModuleText = (name: string) =>
  `import type { ColumnTable } from "arquero"; export declare const ${name}: ColumnTable;\n`

/** Names that a text mentions, keywords too. */
export const wordsOf = (source: string): Set<string> =>
  new Set(source.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu))

export const moduleName = (cellId: string) => `cell-${cellId}`
const moduleFile = /\/cell-([0-9a-z]{1,64})\.ts$/

/** The cell of a module's file, or undefined for any other file. */
export const cellOfFile = (file: string): string | undefined => moduleFile.exec(file)?.[1]

export const toModule = ({ line, character }: TextPosition): TextPosition => ({ line: line + 1, character })

/** A range of the cell's text, or undefined for one in the line of imports. */
export function fromModule({ start, end }: TextRange): TextRange | undefined {
  if (start.line === 0) return undefined
  return {
    start: { line: start.line - 1, character: start.character },
    end: { line: end.line - 1, character: end.character },
  }
}
